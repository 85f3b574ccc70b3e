using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Takes away the mean over a group of channels and divides by their standard deviation, sample by sample.</summary>
    public sealed class GroupNorm : nn.Module<Tensor, Tensor>
    {
        private Parameter _weight;
        private Parameter _bias;

        internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device device, ScalarType? dtype)
            : base(nameof(GroupNorm))
        {
            if (num_groups < 1 || num_channels % num_groups != 0)
            {
                throw new ArgumentException($"num_channels = {num_channels} must be a multiple of num_groups = {num_groups}.", nameof(num_channels));
            }

            (this.num_groups, this.eps, this.affine) = (num_groups, eps, affine);
            if (affine)
            {
                weight = new Parameter(ones([num_channels], dtype, device));
                bias = new Parameter(zeros([num_channels], dtype, device));
            }
        }

        public long num_groups { get; set; }

        public double eps { get; set; }

        public bool affine { get; set; }

        /// <summary>Null when not affine, like <see cref="bias"/>.</summary>
        public Parameter weight
        {
            get => _weight;
            set => Replace(ref _weight, value, nameof(weight));
        }

        [MaybeNull]
        public Parameter bias
        {
            get => _bias;
            set => Replace(ref _bias, value, nameof(bias));
        }

        public override Tensor forward(Tensor tensor)
        {
            int status = Native.tl_nn_group_norm(
                tensor.Handle, num_groups, Tensor.HandleOrNull(_weight), Tensor.HandleOrNull(_bias), eps, out IntPtr result);
            return Native.Wrap(status, result, tensor, _weight, _bias);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1e-5, bool affine = true, Device device = null, ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}
