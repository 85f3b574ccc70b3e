using System.Numerics;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Products and quotients of sizes of which some are only known by name.</summary>
internal static class ShapeArithmetic
{
    /// <summary>The product of sizes, itself known or not.</summary>
    public static Dimension Product(IReadOnlyList<Dimension> sizes, string name, int axis) =>
        sizes.All(size => size.Size is not null) && Numbers(sizes) is var product && product <= long.MaxValue ? (long)product
        : sizes.Where(size => size.Size != 1).ToList() is [var only] ? only
        : Dimension.Unknown(name, axis);

    /// <summary>The shape that a Reshape gives: 0 copies the size at the same place, -1 is what is left.</summary>
    /// <param name="input">The shape before.</param>
    /// <param name="target">What is asked for.</param>
    /// <param name="name">The result, to name what stays unknown.</param>
    public static Dimension[]? Resolve(IReadOnlyList<Dimension> input, IReadOnlyList<Dimension> target, string name)
    {
        var shape = new Dimension[target.Count];
        var open = -1;
        for (var axis = 0; axis < target.Count; axis++)
        {
            if (target[axis].Size is < -1 || (target[axis].Size == 0 && axis >= input.Count) || (target[axis].Size == -1 && open >= 0))
            {
                return null;
            }

            open = target[axis].Size == -1 ? axis : open;
            shape[axis] = target[axis].Size == 0 ? input[axis] : target[axis];
        }

        if (open >= 0)
        {
            shape[open] = Quotient(input, [.. shape.Where((_, axis) => axis != open)]) ?? Dimension.Unknown(name, open);
        }
        return shape;
    }

    private static Dimension? Quotient(IReadOnlyList<Dimension> all, IReadOnlyList<Dimension> divisors)
    {
        var symbols = all.Where(size => size.Size is null).ToList();
        foreach (var divisor in divisors.Where(size => size.Size is null))
        {
            if (!symbols.Remove(divisor))
            {
                return null;
            }
        }

        var (product, divided) = (Numbers(all), Numbers(divisors));
        return divided == 0 || product % divided != 0 ? null
            : symbols.Count == 0 && product / divided <= long.MaxValue ? (long)(product / divided)
            : symbols.Count == 1 && product == divided ? symbols[0]
            : null;
    }

    private static BigInteger Numbers(IReadOnlyList<Dimension> sizes) =>
        sizes.Where(size => size.Size is not null).Aggregate(BigInteger.One, (product, size) => product * size.Size!.Value);
}
