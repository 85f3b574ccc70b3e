using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The logarithm of softmax along one dimension, computed without overflow.</summary>
    public sealed class LogSoftmax : ParameterLessModule<Tensor, Tensor>
    {
        internal LogSoftmax(long dim)
            : base(nameof(LogSoftmax)) => this.dim = dim;

        public long dim { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.log_softmax(tensor, dim);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static LogSoftmax LogSoftmax(long dim) => new(dim);
        }
    }
}
