namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Square(kernel_size), Square(stride), Square(padding), Square(dilation), ceil_mode);

            public static Tensor max_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Pair(kernel_size), Pair(stride), Pair(padding), Pair(dilation), ceil_mode);

            /// <summary>The stride is the window itself when absent.</summary>
            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[] strides = null, long[] padding = null, long[] dilation = null,
                bool ceil_mode = false)
            {
                long[] window = PerDimension(kernel_size, null, nameof(kernel_size));
                int status = Native.tl_nn_max_pool2d(
                    input.Handle, window, PerDimension(strides, window, nameof(strides)), PerDimension(padding, Zero2d, nameof(padding)),
                    PerDimension(dilation, One2d, nameof(dilation)), Flag(ceil_mode), out IntPtr result);
                return Native.Wrap(status, result, input);
            }

            /// <summary>As max_pool2d, with the place of each maximum in its flattened plane.</summary>
            public static (Tensor, Tensor) max_pool2d_with_indices(
                Tensor input, long[] kernel_size, long[] strides = null, long[] padding = null, long[] dilation = null,
                bool ceil_mode = false)
            {
                long[] window = PerDimension(kernel_size, null, nameof(kernel_size));
                int status = Native.tl_nn_max_pool2d_with_indices(
                    input.Handle, window, PerDimension(strides, window, nameof(strides)), PerDimension(padding, Zero2d, nameof(padding)),
                    PerDimension(dilation, One2d, nameof(dilation)), Flag(ceil_mode), out IntPtr result, out IntPtr indices);
                return (Native.Wrap(status, result, input), Native.Wrap(status, indices));
            }

            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, Square(kernel_size), Square(stride), Square(padding), ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, Pair(kernel_size), Pair(stride), Pair(padding), ceil_mode, count_include_pad, divisor_override);

            /// <summary>The stride is the window itself when absent.</summary>
            public static unsafe Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[] stride = null, long[] padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null)
            {
                long[] window = PerDimension(kernel_size, null, nameof(kernel_size));
                long divisor = divisor_override.GetValueOrDefault();
                int status = Native.tl_nn_avg_pool2d(
                    input.Handle, window, PerDimension(stride, window, nameof(stride)), PerDimension(padding, Zero2d, nameof(padding)),
                    Flag(ceil_mode), Flag(count_include_pad), divisor_override.HasValue ? &divisor : null, out IntPtr result);
                return Native.Wrap(status, result, input);
            }

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, Square(output_size));

            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) => adaptive_avg_pool2d(input, Pair(output_size));

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Native.Wrap(
                    Native.tl_nn_adaptive_avg_pool2d(input.Handle, PerDimension(output_size, null, nameof(output_size)), out IntPtr result),
                    result, input);

            internal static long[] Square(long? side) => side is { } length ? [length, length] : null;

            internal static long[] Pair((long, long)? pair) => pair is (var first, var second) ? [first, second] : null;
        }
    }
}
