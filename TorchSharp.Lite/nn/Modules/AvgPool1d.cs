using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The mean of each window over (N, C, L).</summary>
    public sealed class AvgPool1d : ParameterLessModule<Tensor, Tensor>
    {
        internal AvgPool1d(long kernel_size, long? stride, long? padding, bool ceil_mode, bool count_include_pad)
            : base(nameof(AvgPool1d))
        {
            (this.kernel_size, this.stride, this.padding) = (kernel_size, stride, padding);
            (this.ceil_mode, this.count_include_pad) = (ceil_mode, count_include_pad);
        }

        public long kernel_size { get; set; }

        /// <summary>Null: the window itself.</summary>
        public long? stride { get; set; }

        /// <summary>Null: none.</summary>
        public long? padding { get; set; }

        public bool ceil_mode { get; set; }

        /// <summary>Whether padding counts in the number that a sum is divided by.</summary>
        public bool count_include_pad { get; set; }

        public override Tensor forward(Tensor input)
        {
            int status = Native.tl_nn_avg_pool1d(
                input.Handle, kernel_size, stride ?? kernel_size, padding ?? 0, ceil_mode ? 1 : 0, count_include_pad ? 1 : 0, out IntPtr result);
            return Native.Wrap(status, result, input);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static AvgPool1d AvgPool1d(
                long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true) =>
                new(kernel_size, stride, padding, ceil_mode, count_include_pad);
        }
    }
}
