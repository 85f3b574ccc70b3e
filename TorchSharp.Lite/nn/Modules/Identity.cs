using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Passes its input on, as a second handle to the same tensor.</summary>
    public sealed class Identity : ParameterLessModule<Tensor, Tensor>
    {
        internal Identity()
            : base(nameof(Identity))
        {
        }

        public override Tensor forward(Tensor tensor) => tensor.alias();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Identity Identity() => new();
        }
    }
}
