namespace SparseHybrid.Kernels;

/// <summary>
/// Operations on one width of vector. Kernels are written once over it; the just-in-time compiler makes a copy for every width, in
/// which each of these is one instruction.
/// </summary>
/// <typeparam name="TVector">The vector: of <see cref="Count"/> floats.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>All zeros.</summary>
    static abstract TVector Zero { get; }

    /// <summary>The floats at an address of any alignment.</summary>
    static abstract TVector Load(float* source);

    /// <summary>The same float in every lane.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>a * b + c, rounded once where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>Of every bit whether both have it.</summary>
    static abstract TVector And(TVector a, TVector b);

    /// <summary>max(0, value); NaN stays NaN.</summary>
    static abstract TVector Relu(TVector value);

    /// <summary>The greater of every lane; NaN where one of the two is.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>Writes the floats to an address of any alignment.</summary>
    static abstract void Store(TVector value, float* target);

    /// <summary>Lanes 0, 2, 4, ... of the two vectors behind one another.</summary>
    static abstract TVector EvenLanes(TVector low, TVector high);

    /// <summary>Writes even[0], odd[0], even[1], odd[1], ...: twice <see cref="Count"/> floats, to an address of any alignment.</summary>
    static abstract void StoreInterleaved(TVector even, TVector odd, float* target);

    /// <summary>
    /// Transposes a block of <see cref="Count"/> x <see cref="Count"/> floats: entry (r, c), at <c>source + r * sourceStride + c</c>, goes to
    /// <c>target + c * targetStride + r</c>.
    /// </summary>
    static abstract void Transpose(float* source, nint sourceStride, float* target, nint targetStride);
}
