using System.Runtime.InteropServices;

namespace TorchSharp;

internal static partial class Native
{
    /// <summary>As <see cref="Wrap(int, IntPtr)"/>, keeping the arguments of the call alive until here, after it.</summary>
    internal static torch.Tensor Wrap(int status, IntPtr result, torch.Tensor first, torch.Tensor second = null, torch.Tensor third = null)
    {
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        GC.KeepAlive(third);
        return Wrap(status, result);
    }

    [LibraryImport(Library)] internal static partial int tl_nn_linear(IntPtr input, IntPtr weight, IntPtr bias, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_convolution(
        IntPtr input, IntPtr weight, IntPtr bias, long[] stride, long[] padding, long[] dilation, int spatial, long groups,
        out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_pad(IntPtr input, ReadOnlySpan<long> padding, int length, int mode, double value, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_max_pool2d(
        IntPtr input, long[] kernelSize, long[] stride, long[] padding, long[] dilation, int ceilMode, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_max_pool2d_with_indices(
        IntPtr input, long[] kernelSize, long[] stride, long[] padding, long[] dilation, int ceilMode, out IntPtr result, out IntPtr indices);
    [LibraryImport(Library)]
    internal static unsafe partial int tl_nn_avg_pool2d(
        IntPtr input, long[] kernelSize, long[] stride, long[] padding, int ceilMode, int countIncludePad, long* divisorOverride,
        out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_nn_adaptive_avg_pool2d(IntPtr input, long[] outputSize, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_conv_transpose(
        IntPtr input, IntPtr weight, IntPtr bias, long[] stride, long[] padding, long[] outputPadding, long[] dilation, int spatial,
        long groups, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_adaptive_max_pool2d(IntPtr input, long[] outputSize, out IntPtr result, out IntPtr indices);
    [LibraryImport(Library)]
    internal static partial int tl_nn_max_pool1d(
        IntPtr input, long kernelSize, long stride, long padding, long dilation, int ceilMode, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_max_pool1d_with_indices(
        IntPtr input, long kernelSize, long stride, long padding, long dilation, int ceilMode, out IntPtr result, out IntPtr indices);
    [LibraryImport(Library)]
    internal static partial int tl_nn_avg_pool1d(
        IntPtr input, long kernelSize, long stride, long padding, int ceilMode, int countIncludePad, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_nn_adaptive_avg_pool1d(IntPtr input, long outputSize, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_upsample(
        IntPtr input, long[] sizes, double[] scales, int spatial, int mode, int alignCorners, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_embedding(
        IntPtr weight, IntPtr indices, long paddingIndex, double maxNorm, double normType, int scaleGradByFreq, int sparse, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_group_norm(IntPtr input, long groups, IntPtr weight, IntPtr bias, double eps, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_instance_norm(
        IntPtr input, IntPtr weight, IntPtr bias, IntPtr runningMean, IntPtr runningVar, int useInputStatistics, double momentum, double eps,
        out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_nn_feature_dropout(IntPtr input, double p, int training, int inPlace, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_nn_alpha_dropout(IntPtr input, double p, int training, int inPlace, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_batch_norm(
        IntPtr input, IntPtr weight, IntPtr bias, IntPtr runningMean, IntPtr runningVar, int training, double momentum, double eps,
        out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_layer_norm(
        IntPtr input, long[] normalizedShape, int length, IntPtr weight, IntPtr bias, double eps, out IntPtr result);
    [LibraryImport(Library)] internal static partial int tl_nn_dropout(IntPtr input, double p, int training, int inPlace, out IntPtr result);
    [LibraryImport(Library)]
    internal static partial int tl_nn_clip_grad_norm(IntPtr[] gradients, int count, double maxNorm, double normType, out double norm);
    [LibraryImport(Library)]
    internal static partial int tl_nn_trunc_normal(IntPtr target, double mean, double standardDeviation, double a, double b, IntPtr generator);
}
