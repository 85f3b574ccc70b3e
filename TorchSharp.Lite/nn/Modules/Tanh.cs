using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The hyperbolic tangent.</summary>
    public sealed class Tanh : ParameterLessModule<Tensor, Tensor>
    {
        internal Tanh(bool inplace)
            : base(nameof(Tanh)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.tanh(tensor, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Tanh Tanh() => new(false);

            public static Tanh Tanh(bool inplace = false) => new(inplace);
        }
    }
}
