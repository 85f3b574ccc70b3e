using System.Runtime.InteropServices;
using TorchSharp.Utils;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor from_array(Array rawArray, Device device = null) => from_array(rawArray, null, device);

    /// <summary>A copy of an array of any rank.</summary>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device device = null, bool requires_grad = false, string[] names = null)
    {
        RequireNoNames(names);
        ScalarType element = ElementTypes.Of(rawArray.GetType().GetElementType());
        long[] sizes = [.. Enumerable.Range(0, rawArray.Rank).Select(rawArray.GetLongLength)];
        ref byte first = ref MemoryMarshal.GetArrayDataReference(rawArray);
        fixed (byte* data = &first)
        {
            return FromPointer(data, element, sizes, dtype, device, requires_grad);
        }
    }

    private static Tensor FromSpan<T>(
        ReadOnlySpan<T> entries, ReadOnlySpan<long> sizes, ScalarType? dtype, Device device, bool requiresGrad, string[] names = null)
        where T : unmanaged
    {
        RequireNoNames(names);
        long expected = 1;
        foreach (long size in sizes)
        {
            expected *= size;
        }

        if (entries.Length != expected)
        {
            string shape = string.Join(", ", sizes.ToArray());
            throw new ArgumentException($"{entries.Length} entries were given for shape [{shape}], which has {expected}.");
        }

        fixed (T* data = entries)
        {
            return FromPointer(data, ElementTypes.Of<T>(), sizes, dtype, device, requiresGrad);
        }
    }

    private static Tensor FromPointer(
        void* data, ScalarType element, ReadOnlySpan<long> sizes, ScalarType? dtype, Device device, bool requiresGrad)
    {
        IntPtr result;
        fixed (long* first = sizes)
        {
            NativeOptions options = new(dtype ?? element, InitializeDevice(device), requiresGrad);
            Native.Check(Native.tl_factories_from_data(data, (int)element, first, sizes.Length, options, &result));
        }

        return Tensor.FromHandle(result);
    }
}
