namespace SparseHybrid.Kernels;

/// <summary>Picks, for every lane, one of the floats that lie side by side behind an address.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal unsafe interface IWindow<TVector>
    where TVector : unmanaged
{
    /// <summary>How many floats there are to pick from.</summary>
    static abstract int Width { get; }

    /// <summary>Windows start at multiples of so many floats: those that lie across cache lines cost more than the freedom is worth.</summary>
    static abstract int Alignment { get; }

    /// <summary>Up to so many samples it pays to take them one by one, rather than a tile of which most is empty.</summary>
    static abstract int FewSamples { get; }

    /// <summary>Lane l gets <c>window[places[l]]</c>.</summary>
    static abstract TVector Pick(float* window, byte* places);
}
