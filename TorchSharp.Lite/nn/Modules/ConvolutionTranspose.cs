using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>What transposed convolutions share: each input entry spreads over a window of the output.</summary>
    public abstract class ConvolutionTranspose : Convolution
    {
        private protected ConvolutionTranspose(
            string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, long[] output_padding,
            long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device device, ScalarType? dtype)
            : base(
                name, in_channels, out_channels, kernel_size, stride, padding, null, dilation, groups, bias, padding_mode, device, dtype,
                transposed: true)
        {
            if (padding_mode != PaddingModes.Zeros)
            {
                throw new ArgumentException($"A transposed convolution pads with zeros only; got {padding_mode}.", nameof(padding_mode));
            }

            this.output_padding = output_padding;
        }

        public override Tensor forward(Tensor input) => Transpose(input, output_padding);

        /// <param name="output_size">The spatial sizes of the output, within one stride above the least.</param>
        public abstract Tensor forward(Tensor input, long[] output_size);

        private protected Tensor ToSize(Tensor input, long[] output_size)
        {
            long[] spatial = input.shape[^kernel_size.Length..];
            long[] least = [.. spatial.Select((size, i) => (size - 1) * stride[i] - 2 * padding[i] + dilation[i] * (kernel_size[i] - 1) + 1)];
            long[] extra = [.. output_size[^kernel_size.Length..].Zip(least, (asked, size) => asked - size)];
            if (extra.Where((more, i) => more < 0 || more >= Math.Max(stride[i], dilation[i])).Any())
            {
                throw new ArgumentException(
                    $"An output of [{string.Join(", ", output_size)}] is not within one stride above the least, [{string.Join(", ", least)}].",
                    nameof(output_size));
            }

            return Transpose(input, extra);
        }

        private Tensor Transpose(Tensor input, long[] outputPadding)
        {
            int status = Native.tl_nn_conv_transpose(
                input.Handle, weight.Handle, Tensor.HandleOrNull(bias), stride, padding, outputPadding, dilation, stride.Length, groups,
                out IntPtr result);
            return Native.Wrap(status, result, input, weight, bias);
        }
    }

    /// <summary>Transposed convolution over (N, C, L).</summary>
    public sealed class ConvTranspose1d : ConvolutionTranspose
    {
        internal ConvTranspose1d(
            long in_channels, long out_channels, long kernel_size, long stride, long padding, long output_padding, long dilation,
            PaddingModes padding_mode, long groups, bool bias, Device device, ScalarType? dtype)
            : base(
                nameof(ConvTranspose1d), in_channels, out_channels, [kernel_size], [stride], [padding], [output_padding], [dilation], groups, bias,
                padding_mode, device, dtype)
        {
        }

        public override Tensor forward(Tensor input, long[] output_size) => ToSize(input, output_size);
    }

    /// <summary>Transposed convolution over (N, C, H, W).</summary>
    public sealed class ConvTranspose2d : ConvolutionTranspose
    {
        internal ConvTranspose2d(
            long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride, (long, long)? padding,
            (long, long)? output_padding, (long, long)? dilation, PaddingModes padding_mode, long groups, bool bias, Device device,
            ScalarType? dtype)
            : base(
                nameof(ConvTranspose2d), in_channels, out_channels, nn.functional.Pair(kernel_size), nn.functional.Pair(stride ?? (1, 1)),
                nn.functional.Pair(padding ?? (0, 0)), nn.functional.Pair(output_padding ?? (0, 0)), nn.functional.Pair(dilation ?? (1, 1)),
                groups, bias, padding_mode, device, dtype)
        {
        }

        public override Tensor forward(Tensor input, long[] output_size) => ToSize(input, output_size);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ConvTranspose1d ConvTranspose1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device device = null,
                ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation, padding_mode, groups, bias, device, dtype);

            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device device = null,
                ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (output_padding, output_padding),
                    (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation, padding_mode, groups, bias, device, dtype);
        }
    }
}
