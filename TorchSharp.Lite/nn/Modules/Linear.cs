using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x W^T + b, with W of shape (out, in).</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        private Parameter _weight;
        private Parameter _bias;

        internal Linear(Parameter weight, Parameter bias = null)
            : base(nameof(Linear))
        {
            long[] shape = weight.shape;
            if (shape.Length != 2 || (bias is not null && !bias.shape.SequenceEqual([shape[0]])))
            {
                string biasShape = bias is null ? "none" : $"[{string.Join(", ", bias.shape)}]";
                throw new ArgumentException(
                    $"The weight is (out, in) and the bias (out); got [{string.Join(", ", shape)}] and {biasShape}.", nameof(weight));
            }

            (out_features, in_features) = (shape[0], shape[1]);
            this.weight = weight;
            this.bias = bias;
        }

        public long in_features { get; set; }

        public long out_features { get; set; }

        public Parameter weight
        {
            get => _weight;
            set => Replace(ref _weight, value ?? throw new ArgumentNullException(nameof(weight)), nameof(weight));
        }

        [MaybeNull]
        public Parameter bias
        {
            get => _bias;
            set => Replace(ref _bias, value, nameof(bias));
        }

        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, _weight, _bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device device = null, ScalarType? dtype = null)
            {
                Parameter weight = new(empty([outputSize, inputSize], dtype, device));
                Parameter bias = hasBias ? new(empty([outputSize], dtype, device)) : null;
                init.ResetLayer(weight, bias);
                return new Linear(weight, bias);
            }

            public static Linear Linear(Parameter weight, Parameter bias = null) => new(weight, bias);
        }
    }
}
