using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Per sample and channel, takes away the mean over the spatial dimensions and divides by their standard deviation; by
    /// running statistics outside training where these are tracked.
    /// </summary>
    public abstract class InstanceNorm : NormBase
    {
        public InstanceNorm(
            long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device device, ScalarType? dtype,
            string name)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
        {
        }

        public override Tensor forward(Tensor input)
        {
            ValidateInputDimensions(input);
            bool hasBatch = input.dim() == GetNumberOfBatchDimensions();
            using Tensor batch = hasBatch ? input.alias() : input.unsqueeze(0);
            int status = Native.tl_nn_instance_norm(
                batch.Handle, Tensor.HandleOrNull(weight), Tensor.HandleOrNull(bias), Tensor.HandleOrNull(running_mean),
                Tensor.HandleOrNull(running_var), training || !track_running_stats ? 1 : 0, momentum ?? 0, eps, out IntPtr native);
            GC.KeepAlive(running_mean);
            GC.KeepAlive(running_var);
            Tensor result = Native.Wrap(status, native, batch, weight, bias);
            if (hasBatch)
            {
                return result;
            }

            using (result)
            {
                return result.squeeze(0);
            }
        }

        /// <summary>The number of dimensions of an input with a batch; one fewer is one sample.</summary>
        protected abstract long GetNumberOfBatchDimensions();

        private protected void RequireDimensions(Tensor input)
        {
            long dimensions = GetNumberOfBatchDimensions();
            if (input.dim() != dimensions && input.dim() != dimensions - 1)
            {
                throw new ArgumentException(
                    $"{GetName()} takes inputs of {dimensions} or {dimensions - 1} dimensions; got [{string.Join(", ", input.shape)}].",
                    nameof(input));
            }
        }
    }

    /// <summary>Instance norm over (N, C, L).</summary>
    public sealed class InstanceNorm1d : InstanceNorm
    {
        internal InstanceNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm1d))
        {
        }

        protected override long GetNumberOfBatchDimensions() => 3;

        protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input);
    }

    /// <summary>Instance norm over (N, C, H, W).</summary>
    public sealed class InstanceNorm2d : InstanceNorm
    {
        internal InstanceNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm2d))
        {
        }

        protected override long GetNumberOfBatchDimensions() => 4;

        protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static InstanceNorm1d InstanceNorm1d(
                long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool track_running_stats = false,
                Device device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static InstanceNorm2d InstanceNorm2d(
                long num_features, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool track_running_stats = false,
                Device device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
