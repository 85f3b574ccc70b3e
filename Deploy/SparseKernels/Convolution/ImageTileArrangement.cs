using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SparseHybrid.Kernels;

/// <summary>Arranges the images of a tile as <see cref="ImageTiles"/> says.</summary>
/// <typeparam name="TLanes">Operations on the vector.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal static unsafe class ImageTileArrangement<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Writes the vectors of a tile.</summary>
    /// <param name="tiles">Sizes.</param>
    /// <param name="x">The tile's first image.</param>
    /// <param name="floats">Floats of an image.</param>
    /// <param name="target">Room for the tile.</param>
    /// <param name="room">Room for as many vectors as a vector has lanes.</param>
    public static void Write(ImageTiles tiles, float* x, int floats, float* target, float* room)
    {
        if (!tiles.IsPlain)
        {
            NativeMemory.Clear(target, (nuint)tiles.TileFloats * sizeof(float)); // the borders
        }

        var pixel = 0;
        for (; pixel + TLanes.Count <= floats; pixel += TLanes.Count)
        {
            Block(tiles, x, floats, pixel, target, room);
        }

        if (pixel < floats && floats >= TLanes.Count)
        {
            Block(tiles, x, floats, floats - TLanes.Count, target, room);
        }
        else if (pixel < floats)
        {
            Rest(tiles, x, floats, target);
        }
    }

    private static void Block(ImageTiles tiles, float* x, int floats, int pixel, float* target, float* room)
    {
        if (tiles.IsPlain)
        {
            TLanes.Transpose(x + pixel, floats, target + ((long)pixel * TLanes.Count), TLanes.Count);
            return;
        }

        TLanes.Transpose(x + pixel, floats, room, TLanes.Count);
        Place(tiles.Places.AsSpan(pixel, TLanes.Count), room, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place(ReadOnlySpan<int> places, float* source, float* target)
    {
        foreach (var place in places)
        {
            if (place >= 0)
            {
                TLanes.Store(TLanes.Load(source), target + ((long)place * TLanes.Count));
            }

            source += TLanes.Count;
        }
    }

    /// <summary>Images of fewer pixels than a vector has lanes.</summary>
    private static void Rest(ImageTiles tiles, float* x, int floats, float* target)
    {
        for (var pixel = 0; pixel < floats; pixel++)
        {
            var place = tiles.IsPlain ? pixel : tiles.Places[pixel];
            for (var image = 0; place >= 0 && image < TLanes.Count; image++)
            {
                target[((long)place * TLanes.Count) + image] = x[((long)image * floats) + pixel];
            }
        }
    }
}
