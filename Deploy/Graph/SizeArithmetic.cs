using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Follows the integers with which a graph computes the shapes that it asks for, as exporters write them.</summary>
internal static class SizeArithmetic
{
    /// <summary>What a node computes from such integers; null when it does something else, or with others.</summary>
    public static SizeTensor? TryEvaluate(NodeProto node, Func<string?, SizeTensor?> sizes)
    {
        if (!node.IsStandard() || sizes(node.InputOrNull(0)) is not { } input)
        {
            return null;
        }

        return node.OpType switch
        {
            "Identity" or "Cast" when IsInteger(node) => input,
            "Gather" => Gather(node, input, sizes),
            "Concat" => Concat(node, sizes),
            "Unsqueeze" when input.Shape.Length == 0 => input with { Shape = [1] },
            "Squeeze" when input.Shape is [1] => input with { Shape = [] },
            "ConstantOfShape" => Fill(node, input),
            "Reshape" => Reshape(input, sizes(node.InputOrNull(1))?.Numbers),
            "Slice" => Slice(node, input, sizes),
            "Transpose" when input.Shape.Length == 2 && node.IntsOrEmpty("perm") is [1, 0] => Transpose(input),
            "Add" or "Sub" or "Mul" or "Div" => Calculate(node, input, sizes(node.InputOrNull(1))),
            _ => null,
        };
    }

    private static bool IsInteger(NodeProto node) => node.OpType != "Cast"
        || node.IntOr("to", 0) is (int)TensorProto.Types.DataType.Int64 or (int)TensorProto.Types.DataType.Int32;

    private static SizeTensor? Gather(NodeProto node, SizeTensor input, Func<string?, SizeTensor?> sizes) =>
        input.Shape.Length == 1 && node.IntOr("axis", 0) == 0 && sizes(node.InputOrNull(1)) is { Numbers: { } indices } which
            ? input.Pick(which.Shape, indices.Select(index => (int)(index < 0 ? index + input.Entries.Length : index)))
            : null;

    private static SizeTensor? Concat(NodeProto node, Func<string?, SizeTensor?> sizes)
    {
        var parts = node.Input.Select(sizes).ToList();
        return parts.TrueForAll(part => part?.Shape.Length == 1) ? SizeTensor.Join(parts!) : null;
    }

    private static SizeTensor? Fill(NodeProto node, SizeTensor shape)
    {
        if (shape.Numbers is not [>= 0 and <= 64 and var count] || node.Find("value")?.T is not { } value
            || TensorData.TryReadIntegers(value) is not [var entry])
        {
            return null;
        }

        return SizeTensor.FromNumbers([count], [.. Enumerable.Repeat(entry, (int)count)]);
    }

    private static SizeTensor? Reshape(SizeTensor input, long[]? target)
    {
        long count = input.Entries.Length;
        return target switch
        {
            [-1] => input with { Shape = [count] },
            [var only] when only == count => input with { Shape = [count] },
            [-1, > 0 and var columns] when count % columns == 0 => input with { Shape = [count / columns, columns] },
            [var rows, var columns] when rows * columns == count => input with { Shape = [rows, columns] },
            _ => null,
        };
    }

    private static SizeTensor? Slice(NodeProto node, SizeTensor input, Func<string?, SizeTensor?> sizes)
    {
        if (SliceRange.TryRead(node, input.Shape.Length, name => sizes(name)?.Numbers) is not [{ Axis: 0 } range])
        {
            return null;
        }

        var rows = range.Positions(input.Shape[0]).ToList();
        var columns = input.Shape.Length == 2 ? (int)input.Shape[1] : 1;
        long[] shape = [rows.Count, .. input.Shape[1..]];
        return input.Pick(shape, rows.SelectMany(row => Enumerable.Range(row * columns, columns)));
    }

    private static SizeTensor? Transpose(SizeTensor input)
    {
        var (rows, columns) = ((int)input.Shape[0], (int)input.Shape[1]);
        return input.Pick([columns, rows], Enumerable.Range(0, rows * columns).Select(i => i % rows * columns + i / rows));
    }

    private static SizeTensor? Calculate(NodeProto node, SizeTensor left, SizeTensor? right)
    {
        if (left.Numbers is not [var a] || right?.Numbers is not [var b] || (node.OpType == "Div" && b == 0))
        {
            return null;
        }

        var result = node.OpType switch { "Add" => a + b, "Sub" => a - b, "Mul" => a * b, _ => a / b };
        return SizeTensor.FromNumbers(left.Shape.Length >= right.Shape.Length ? left.Shape : right.Shape, [result]);
    }
}
