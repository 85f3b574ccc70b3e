using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>exp(x) along one dimension, divided by its sum there.</summary>
    public sealed class Softmax : ParameterLessModule<Tensor, Tensor>
    {
        internal Softmax(long dim)
            : base(nameof(Softmax)) => this.dim = dim;

        public long dim { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.softmax(tensor, dim);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Softmax Softmax(long dim) => new(dim);
        }
    }
}
