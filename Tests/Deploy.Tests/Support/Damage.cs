using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Onnx;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>Damages models in the ways that disks, networks and people do, and in ways that only malice would.</summary>
internal sealed class Damage(Random random)
{
    private static readonly long[] Extremes = [0, 1, -1, 2, 3, 7, 64, 1 << 20, 1 << 26, int.MaxValue, 1L << 31, 1L << 40, long.MaxValue, long.MinValue, int.MinValue];

    /// <summary>The file of a model after one damage or several.</summary>
    public byte[] Apply(ModelProto model)
    {
        if (random.Next(2) == 0)
        {
            return ToBytes(model);
        }

        var changed = model.Clone();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            ChangeField(changed);
        }
        return changed.ToByteArray();
    }

    /// <summary>Bytes after one damage or several.</summary>
    public byte[] Apply(byte[] content)
    {
        List<byte> bytes = [.. content];
        for (var change = random.Next(1, 4); change > 0 && bytes.Count > 0; change--)
        {
            ChangeBytes(bytes);
        }
        return [.. bytes];
    }

    private byte[] ToBytes(ModelProto model) => Apply(model.ToByteArray());

    private void ChangeBytes(List<byte> bytes)
    {
        var place = random.Next(bytes.Count);
        var span = random.Next(1, Math.Min(40, bytes.Count - place) + 1);
        switch (random.Next(7))
        {
            case 0: bytes[place] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[place] = (byte)random.Next(256); break;
            case 2: bytes.RemoveRange(place, bytes.Count - place); break;
            case 3: bytes.RemoveRange(place, span); break;
            case 4: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(place, span)); break;
            case 5: bytes[place] = (byte)(bytes[place] + (random.Next(2) == 0 ? 1 : -1)); break; // a length that is off by one
            default: // a length, or a size, that is off by far
                bytes.RemoveAt(place);
                bytes.InsertRange(place, Enumerable.Repeat((byte)0xff, random.Next(1, 9)).Append((byte)random.Next(128)));
                break;
        }
    }

    /// <summary>Follows a random path of fields that are set, and changes what is at its end.</summary>
    private void ChangeField(IMessage message)
    {
        var fields = message.Descriptor.Fields.InFieldNumberOrder().Where(field => IsSet(field, message)).ToList();
        if (fields.Count == 0)
        {
            return;
        }

        var field = fields[random.Next(fields.Count)];
        var value = field.Accessor.GetValue(message);
        if (field.IsRepeated)
        {
            ChangeList((IList)value);
        }
        else if (value is IMessage inner && random.Next(20) > 0)
        {
            ChangeField(inner);
        }
        else if (value is IMessage || random.Next(8) == 0)
        {
            field.Accessor.Clear(message);
        }
        else
        {
            field.Accessor.SetValue(message, Changed(value));
        }
    }

    private void ChangeList(IList list)
    {
        var (from, to) = (random.Next(list.Count), random.Next(list.Count));
        switch (random.Next(list[from] is IMessage ? 12 : 5))
        {
            case 0: list.RemoveAt(from); break;
            case 1: list.Add(list[from]); break;
            case 2: (list[from], list[to]) = (list[to], list[from]); break;
            case 3: list[to] = list[from] is IMessage ? list[to] : list[from]; break;
            default:
                if (list[from] is IMessage inner)
                {
                    ChangeField(inner);
                }
                else
                {
                    list[from] = Changed(list[from]!);
                }
                break;
        }
    }

    private object Changed(object value) => value switch
    {
        long => Extremes[random.Next(Extremes.Length)],
        int => random.Next(2) == 0 ? random.Next(30) : (int)Extremes[random.Next(Extremes.Length)],
        ulong => (ulong)Extremes[random.Next(Extremes.Length)],
        float => new[] { 0, 1, -1, float.NaN, float.PositiveInfinity, 1e30f, 1e-30f }[random.Next(7)],
        double => new[] { 0, 1, double.NaN, 1e300 }[random.Next(4)],
        string text => random.Next(4) == 0 ? "" : random.Next(2) == 0 ? text + "x" : Operators[random.Next(Operators.Length)],
        ByteString bytes => ByteString.CopyFrom(bytes.Span[..random.Next(bytes.Length + 1)]),
        Enum => Enum.ToObject(value.GetType(), random.Next(20)),
        _ => value,
    };

    private static readonly string[] Operators =
    [
        "input", "output", "Conv", "Gemm", "MatMul", "Add", "Reshape", "Flatten", "Split", "Slice", "Pad", "Transpose", "ConvTranspose", "Concat", "Gather",
        "Shape", "ConstantOfShape", "DequantizeLinear", "Resize", "MaxPool", "ReduceMean", "Unsqueeze", "Squeeze", "Cast", "Constant", "../x", "data",
    ];

    private static bool IsSet(FieldDescriptor field, IMessage message) =>
        field.IsRepeated ? ((IList)field.Accessor.GetValue(message)).Count > 0 : field.Accessor.HasValue(message);
}
