using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The maximum of each window over (N, C, H, W).</summary>
    public sealed class MaxPool2d : ParameterLessModule<Tensor, Tensor>
    {
        internal MaxPool2d(long[] kernel_size, long[] stride, long[] padding, long[] dilation, bool ceil_mode)
            : base(nameof(MaxPool2d))
        {
            (this.kernel_size, this.stride) = (kernel_size, stride);
            (this.padding, this.dilation, this.ceil_mode) = (padding, dilation, ceil_mode);
        }

        public long[] kernel_size { get; set; }

        /// <summary>Null: the window itself.</summary>
        public long[] stride { get; set; }

        /// <summary>Null: none.</summary>
        public long[] padding { get; set; }

        /// <summary>Null: 1.</summary>
        public long[] dilation { get; set; }

        public bool ceil_mode { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode);

        public (Tensor, Tensor) forward_with_indices(Tensor input) =>
            nn.functional.max_pool2d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static MaxPool2d MaxPool2d(
                long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                new(functional.Square(kernel_size), functional.Square(stride), functional.Square(padding), functional.Square(dilation), ceil_mode);

            public static MaxPool2d MaxPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null,
                bool ceil_mode = false) =>
                new(functional.Pair(kernel_size), functional.Pair(stride), functional.Pair(padding), functional.Pair(dilation), ceil_mode);

            public static MaxPool2d MaxPool2d(
                long[] kernel_size, long[] stride = null, long[] padding = null, long[] dilation = null, bool ceil_mode = false) =>
                new(kernel_size, stride, padding, dilation, ceil_mode);
        }
    }
}
