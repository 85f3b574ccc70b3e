using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>max(x, 0).</summary>
    public sealed class ReLU : ParameterLessModule<Tensor, Tensor>
    {
        internal ReLU(bool inplace)
            : base(nameof(ReLU)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.relu(tensor, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReLU ReLU(bool inplace = false) => new(inplace);
        }
    }
}
