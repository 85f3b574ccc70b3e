namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly long[] One1d = [1], Zero1d = [0], One2d = [1, 1], Zero2d = [0, 0];

            public static Tensor linear(Tensor input, Tensor weights, Tensor bias = null) =>
                Native.Wrap(
                    Native.tl_nn_linear(input.Handle, weights.Handle, Tensor.HandleOrNull(bias), out IntPtr result),
                    result, input, weights, bias);

            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor bias = null, long? stride = null, long? padding = null, long? dilation = null,
                long groups = 1) =>
                convolution(
                    input, weight, bias, stride is { } s ? [s] : One1d, padding is { } p ? [p] : Zero1d, dilation is { } d ? [d] : One1d, groups);

            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor bias = null, long[] strides = null, long[] padding = null, long[] dilation = null,
                long groups = 1) =>
                convolution(
                    input, weight, bias, PerDimension(strides, One2d, nameof(strides)), PerDimension(padding, Zero2d, nameof(padding)),
                    PerDimension(dilation, One2d, nameof(dilation)), groups);

            /// <summary>The windows have one entry per spatial dimension, one or two.</summary>
            internal static Tensor convolution(
                Tensor input, Tensor weight, Tensor bias, long[] stride, long[] padding, long[] dilation, long groups)
            {
                if (padding.Length != stride.Length || dilation.Length != stride.Length)
                {
                    throw new ArgumentException(
                        "Stride, padding and dilation need as many entries as there are spatial dimensions; got "
                        + $"[{string.Join(", ", stride)}], [{string.Join(", ", padding)}] and [{string.Join(", ", dilation)}].",
                        nameof(stride));
                }

                int status = Native.tl_nn_convolution(
                    input.Handle, weight.Handle, Tensor.HandleOrNull(bias), stride, padding, dilation, stride.Length, groups,
                    out IntPtr result);
                return Native.Wrap(status, result, input, weight, bias);
            }

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.AsSpan(), mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>Pads from the last dimension backwards: left, right, top, bottom, and so on.</summary>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                int nativeMode = mode == PaddingModes.Constant ? (int)PaddingModes.Zeros : (int)mode;
                return Native.Wrap(Native.tl_nn_pad(input.Handle, pad, pad.Length, nativeMode, value, out IntPtr result), result, input);
            }

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                // Outside training libtorch hands back the input itself, so that the result is a second handle to it, as here.
                int status = Native.tl_nn_dropout(input.Handle, p, Flag(training), Flag(inplace), out IntPtr result);
                return Native.Wrap(status, result, input);
            }

            public static Tensor batch_norm(
                Tensor input, Tensor running_mean, Tensor running_var, Tensor weight = null, Tensor bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-5)
            {
                int status = Native.tl_nn_batch_norm(
                    input.Handle, Tensor.HandleOrNull(weight), Tensor.HandleOrNull(bias), Tensor.HandleOrNull(running_mean),
                    Tensor.HandleOrNull(running_var),
                    Flag(training), momentum, eps, out IntPtr result);
                GC.KeepAlive(running_mean);
                GC.KeepAlive(running_var);
                return Native.Wrap(status, result, input, weight, bias);
            }

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor weight = null, Tensor bias = null, double eps = 1e-5) =>
                Native.Wrap(
                    Native.tl_nn_layer_norm(
                        input.Handle, normalized_shape, normalized_shape.Length, Tensor.HandleOrNull(weight), Tensor.HandleOrNull(bias), eps,
                        out IntPtr result),
                    result, input, weight, bias);

            /// <summary>Two entries, from one that stands for both, or the default when there are none.</summary>
            private static long[] PerDimension(long[] values, long[] whenAbsent, string parameterName) => values switch
            {
                null or [] => whenAbsent,
                [long both] => [both, both],
                [_, _] => values,
                _ => throw new ArgumentException(
                    $"1 or 2 entries are needed, one per spatial dimension; got [{string.Join(", ", values)}].", parameterName),
            };
        }
    }
}
