using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Takes away the mean over the last dimensions and divides by their standard deviation.</summary>
    public sealed class LayerNorm : nn.Module<Tensor, Tensor>
    {
        private Parameter _weight;
        private Parameter _bias;

        internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device device, ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            (this.normalized_shape, this.eps, this.elementwise_affine) = (normalized_shape, eps, elementwise_affine);
            weight = elementwise_affine ? new Parameter(empty(normalized_shape, dtype, device)) : null;
            this.bias = elementwise_affine && bias ? new Parameter(empty(normalized_shape, dtype, device)) : null;
            reset_parameters();
        }

        public long[] normalized_shape { get; set; }

        public double eps { get; set; }

        public bool elementwise_affine { get; set; }

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

        public void reset_parameters()
        {
            if (_weight is not null)
            {
                nn.init.ones_(_weight);
            }

            if (_bias is not null)
            {
                nn.init.zeros_(_bias);
            }
        }

        public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true, Device device = null,
                ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true, Device device = null,
                ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        }
    }
}
