using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The means of windows chosen so that the output has the given height and width.</summary>
    public sealed class AdaptiveAvgPool2d : ParameterLessModule<Tensor, Tensor>
    {
        internal AdaptiveAvgPool2d(long[] output_size)
            : base(nameof(AdaptiveAvgPool2d)) => this.output_size = output_size;

        public long[] output_size { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.adaptive_avg_pool2d(input, output_size);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new(functional.Square(output_size));

            public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) output_size) => new(functional.Pair(output_size));

            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] output_size) => new(output_size);
        }
    }
}
