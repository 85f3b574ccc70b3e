using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The maximum of each window over (N, C, L).</summary>
    public sealed class MaxPool1d : ParameterLessModule<Tensor, Tensor>
    {
        internal MaxPool1d(long kernel_size, long? stride, long? padding, long? dilation, bool ceil_mode)
            : base(nameof(MaxPool1d))
        {
            (this.kernel_size, this.stride) = (kernel_size, stride);
            (this.padding, this.dilation, this.ceil_mode) = (padding, dilation, ceil_mode);
        }

        public long kernel_size { get; set; }

        /// <summary>Null: the window itself.</summary>
        public long? stride { get; set; }

        /// <summary>Null: none.</summary>
        public long? padding { get; set; }

        /// <summary>Null: 1.</summary>
        public long? dilation { get; set; }

        public bool ceil_mode { get; set; }

        public override Tensor forward(Tensor input)
        {
            int status = Native.tl_nn_max_pool1d(
                input.Handle, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode ? 1 : 0, out IntPtr result);
            return Native.Wrap(status, result, input);
        }

        public (Tensor, Tensor) forward_with_indices(Tensor input)
        {
            int status = Native.tl_nn_max_pool1d_with_indices(
                input.Handle, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode ? 1 : 0, out IntPtr result,
                out IntPtr indices);
            return (Native.Wrap(status, result, input), Native.Wrap(status, indices));
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static MaxPool1d MaxPool1d(
                long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                new(kernel_size, stride, padding, dilation, ceil_mode);
        }
    }
}
