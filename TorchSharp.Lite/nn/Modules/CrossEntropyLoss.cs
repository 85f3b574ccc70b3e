using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Log-softmax over the classes (dimension 1) and negative log-likelihood of the target.</summary>
    public sealed class CrossEntropyLoss : WeightedLoss<Tensor, Tensor, Tensor>
    {
        private const long NoSuchClass = -100; // PyTorch's default

        public CrossEntropyLoss(
            Tensor weight = null, long? ignore_index = null, nn.Reduction reduction = nn.Reduction.Mean, double label_smoothing = 0)
            : base(weight, reduction) => (this.ignore_index, this.label_smoothing) = (ignore_index, label_smoothing);

        /// <summary>Targets of this class count for nothing.</summary>
        public long? ignore_index { get; }

        public double label_smoothing { get; }

        public override Tensor forward(Tensor input, Tensor target) =>
            nn.functional.cross_entropy(input, target, weight, ignore_index ?? NoSuchClass, reduction, label_smoothing);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static CrossEntropyLoss CrossEntropyLoss(Tensor weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
                new(weight, ignore_index, reduction);
        }
    }
}
