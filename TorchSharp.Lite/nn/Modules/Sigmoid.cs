using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>1 / (1 + exp(-x)).</summary>
    public sealed class Sigmoid : ParameterLessModule<Tensor, Tensor>
    {
        internal Sigmoid(bool inplace)
            : base(nameof(Sigmoid)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.sigmoid(tensor, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sigmoid Sigmoid() => new(false);

            public static Sigmoid Sigmoid(bool inplace) => new(inplace);
        }
    }
}
