using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The squared difference of prediction and target.</summary>
    public sealed class MSELoss : Loss<Tensor, Tensor, Tensor>
    {
        public MSELoss(nn.Reduction reduction = nn.Reduction.Mean)
            : base(reduction)
        {
        }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.mse_loss(input, target, reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);
        }
    }
}
