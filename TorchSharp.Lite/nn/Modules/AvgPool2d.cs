using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The mean of each window over (N, C, H, W).</summary>
    public sealed class AvgPool2d : ParameterLessModule<Tensor, Tensor>
    {
        internal AvgPool2d(long[] kernel_size, long[] stride, long[] padding, bool ceil_mode, bool count_include_pad, long? divisor_override)
            : base(nameof(AvgPool2d))
        {
            (this.kernel_size, this.stride, this.padding) = (kernel_size, stride, padding);
            (this.ceil_mode, this.count_include_pad, this.divisor_override) = (ceil_mode, count_include_pad, divisor_override);
        }

        public long[] kernel_size { get; set; }

        /// <summary>Null: the window itself.</summary>
        public long[] stride { get; set; }

        /// <summary>Null: none.</summary>
        public long[] padding { get; set; }

        public bool ceil_mode { get; set; }

        /// <summary>Whether padding counts in the number that a sum is divided by.</summary>
        public bool count_include_pad { get; set; }

        /// <summary>Divides the sums by this instead of the number of entries.</summary>
        public long? divisor_override { get; set; }

        public override Tensor forward(Tensor input) =>
            nn.functional.avg_pool2d(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static AvgPool2d AvgPool2d(
                long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                new(
                    functional.Square(kernel_size), functional.Square(stride), functional.Square(padding), ceil_mode, count_include_pad,
                    divisor_override);

            public static AvgPool2d AvgPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                new(functional.Pair(kernel_size), functional.Pair(stride), functional.Pair(padding), ceil_mode, count_include_pad, divisor_override);

            public static AvgPool2d AvgPool2d(
                long[] kernel_size, long[] stride = null, long[] padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                new(kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
        }
    }
}
