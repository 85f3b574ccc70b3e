using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseHybrid.Kernels;

/// <summary>Puts a vector together from the pieces of the input that share it.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal unsafe interface IVectorReader<TVector>
    where TVector : unmanaged
{
    /// <summary>Pieces in a vector.</summary>
    static abstract int Pieces { get; }

    /// <summary>The vector whose pieces start so many floats behind a place.</summary>
    static abstract TVector Read(float* source, nint* pieces);
}

/// <summary>One piece of contiguous columns.</summary>
/// <typeparam name="TLanes">Operations on the vector.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal readonly unsafe struct ContiguousReader<TLanes, TVector> : IVectorReader<TVector>
    where TLanes : ILanes<TVector>
    where TVector : unmanaged
{
    /// <inheritdoc/>
    public static int Pieces => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Read(float* source, nint* pieces) => TLanes.Load(source + *pieces);
}

/// <summary>One piece of every second column.</summary>
/// <typeparam name="TLanes">Operations on the vector.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal readonly unsafe struct EvenReader<TLanes, TVector> : IVectorReader<TVector>
    where TLanes : ILanes<TVector>
    where TVector : unmanaged
{
    /// <inheritdoc/>
    public static int Pieces => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Read(float* source, nint* pieces) =>
        TLanes.EvenLanes(TLanes.Load(source + *pieces), TLanes.Load(source + *pieces + TLanes.Count));
}

/// <summary>Two pieces of two contiguous columns.</summary>
internal readonly unsafe struct PairReader : IVectorReader<Vector128<float>>
{
    /// <inheritdoc/>
    public static int Pieces => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Read(float* source, nint* pieces) =>
        Vector128.Create(Unsafe.ReadUnaligned<double>(source + pieces[0]), Unsafe.ReadUnaligned<double>(source + pieces[1])).AsSingle();
}

/// <summary>A vector of two halves.</summary>
/// <typeparam name="THalf">How each half is read.</typeparam>
internal readonly unsafe struct Halves256<THalf> : IVectorReader<Vector256<float>>
    where THalf : IVectorReader<Vector128<float>>
{
    /// <inheritdoc/>
    public static int Pieces => 2 * THalf.Pieces;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Read(float* source, nint* pieces) =>
        THalf.Read(source, pieces).ToVector256Unsafe().WithUpper(THalf.Read(source, pieces + THalf.Pieces)); // Create would wait for the vector before
}

/// <summary>A vector of two halves.</summary>
/// <typeparam name="THalf">How each half is read.</typeparam>
internal readonly unsafe struct Halves512<THalf> : IVectorReader<Vector512<float>>
    where THalf : IVectorReader<Vector256<float>>
{
    /// <inheritdoc/>
    public static int Pieces => 2 * THalf.Pieces;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Read(float* source, nint* pieces) =>
        THalf.Read(source, pieces).ToVector512Unsafe().WithUpper(THalf.Read(source, pieces + THalf.Pieces)); // Create would wait for the vector before
}
