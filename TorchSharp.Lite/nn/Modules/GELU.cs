using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x * Phi(x), Phi being the distribution function of the standard normal distribution.</summary>
    public sealed class GELU : ParameterLessModule<Tensor, Tensor>
    {
        internal GELU(Approximate approximate, bool inplace)
            : base(nameof(GELU)) => (this.approximate, this.inplace) = (approximate, inplace);

        /// <summary>Phi by the error function, or approximated by tanh.</summary>
        public enum Approximate
        {
            none = 0,
            tanh = 1,
        }

        public Approximate approximate { get; set; }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.gelu(tensor, approximate, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static GELU GELU() => new(Modules.GELU.Approximate.none, false);

            public static GELU GELU(bool inplace) => new(Modules.GELU.Approximate.none, inplace);

            public static GELU GELU(GELU.Approximate approximate, bool inplace = false) => new(approximate, inplace);
        }
    }
}
