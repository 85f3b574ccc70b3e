using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Convolution over (N, C, H, W).</summary>
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(
            long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride, (long, long)? padding, Padding? padding_type,
            (long, long)? dilation, PaddingModes padding_mode, long groups, bool bias, Device device, ScalarType? dtype)
            : base(
                nameof(Conv2d), in_channels, out_channels, Sizes(kernel_size), Sizes(stride ?? (1, 1)), Sizes(padding ?? (0, 0)), padding_type,
                Sizes(dilation ?? (1, 1)), groups, bias, padding_mode, device, dtype)
        {
        }

        public override Tensor forward(Tensor input) => Convolve(input);

        private static long[] Sizes((long, long) pair) => [pair.Item1, pair.Item2];
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device device = null,
                ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), null, (dilation, dilation),
                    padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, null, dilation, padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device device = null,
                ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), null, padding, (dilation, dilation),
                    padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, null, padding, dilation, padding_mode, groups, bias, device, dtype);
        }
    }
}
