using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Per channel, takes away the mean and divides by the standard deviation: of the batch in training, of the running
    /// statistics otherwise.
    /// </summary>
    public abstract class BatchNorm : NormBase
    {
        public BatchNorm(
            long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device device, ScalarType? dtype,
            string name)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
        {
        }

        public override Tensor forward(Tensor input)
        {
            ValidateInputDimensions(input);
            bool useBatchStatistics = training || running_mean is null || running_var is null;
            bool passRunningStatistics = !training || track_running_stats;
            return nn.functional.batch_norm(
                input, passRunningStatistics ? running_mean : null, passRunningStatistics ? running_var : null, weight, bias,
                useBatchStatistics, NextMomentum(), eps);
        }

        private protected static void RequireDimensions(Tensor input, string layer, params ReadOnlySpan<long> allowed)
        {
            if (!allowed.Contains(input.dim()))
            {
                throw new ArgumentException(
                    $"{layer} takes inputs of {string.Join(" or ", allowed.ToArray())} dimensions; got [{string.Join(", ", input.shape)}].",
                    nameof(input));
            }
        }

        private double NextMomentum()
        {
            if (!training || num_batches_tracked is null)
            {
                return momentum ?? 0.0;
            }

            num_batches_tracked.add_(1);
            return momentum ?? 1.0 / num_batches_tracked.item<long>();
        }
    }

    /// <summary>Batch norm over (N, C) or (N, C, L).</summary>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input, nameof(BatchNorm1d), 2, 3);
    }

    /// <summary>Batch norm over (N, C, H, W).</summary>
    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input, nameof(BatchNorm2d), 4);
    }

    /// <summary>Batch norm over (N, C, D, H, W).</summary>
    public sealed class BatchNorm3d : BatchNorm
    {
        internal BatchNorm3d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm3d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input, nameof(BatchNorm3d), 5);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static BatchNorm2d BatchNorm2d(
                long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static BatchNorm3d BatchNorm3d(
                long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
