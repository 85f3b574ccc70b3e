using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x where positive, weight * x elsewhere: one slope for all, or one for each channel (dimension 1).</summary>
    public sealed class PReLU : nn.Module<Tensor, Tensor>
    {
        private Parameter _weight;

        internal PReLU(long num_parameters, double init, Device device, ScalarType? dtype)
            : base(nameof(PReLU))
        {
            (this.num_parameters, this.init) = (num_parameters, init);
            weight = new Parameter(full([num_parameters], init, dtype, device));
        }

        public long num_parameters { get; }

        public double init { get; }

        public Parameter weight
        {
            get => _weight;
            set => Replace(ref _weight, value ?? throw new ArgumentNullException(nameof(weight)), nameof(weight));
        }

        public override Tensor forward(Tensor tensor) =>
            Native.Wrap(Native.tl_activation_prelu(tensor.Handle, _weight.Handle, out IntPtr result), result, tensor, _weight);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static PReLU PReLU(long num_parameters, double init = 0.25, Device device = null, ScalarType? dtype = null) =>
                new(num_parameters, init, device, dtype);
        }
    }
}
