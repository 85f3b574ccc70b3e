using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Minus the log-probability (given, along dimension 1) of the target class.</summary>
    public sealed class NLLLoss : WeightedLoss<Tensor, Tensor, Tensor>
    {
        public NLLLoss(Tensor weight = null, nn.Reduction reduction = nn.Reduction.Mean)
            : base(weight, reduction)
        {
        }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.nll_loss(input, target, weight, reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static NLLLoss NLLLoss(Tensor weight = null, Reduction reduction = Reduction.Mean) => new(weight, reduction);
        }
    }
}
