using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>tl_scalar: a number that keeps its kind.</summary>
internal enum NativeScalarKind : long
{
    None = 0,
    Integer = 1,
    Real = 2,
    Boolean = 3,
}

/// <summary>tl_scalar of torch_lite.h, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeScalar(NativeScalarKind kind, long bits)
{
    internal readonly NativeScalarKind Kind = kind;
    internal readonly long Bits = bits;

    internal double Real => BitConverter.Int64BitsToDouble(Bits);
}

/// <summary>tl_options of torch_lite.h, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeOptions(torch.ScalarType? dtype, torch.Device device, bool requiresGrad = false)
{
    internal readonly int Dtype = dtype.HasValue ? (int)dtype.Value : -1;
    internal readonly int DeviceType = device is null ? -1 : (int)device.type;
    internal readonly int DeviceIndex = device is null ? -1 : device.index;
    internal readonly int RequiresGrad = requiresGrad ? 1 : 0;
}

/// <summary>The kinds of tl_index.</summary>
internal enum NativeIndexKind : long
{
    None = 0,
    Ellipsis = 1,
    Integer = 2,
    Boolean = 3,
    Slice = 4,
    Tensor = 5,
}

/// <summary>tl_index of indexing.h: one part of x[...].</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeIndex
{
    /// <summary>The bound of a slice that is left open.</summary>
    internal const long Open = long.MinValue;

    internal NativeIndexKind Kind;
    internal long Start;
    internal long Stop;
    internal long Step;
    internal IntPtr Tensor;
}
