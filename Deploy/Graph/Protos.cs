using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Short ways to write ONNX nodes, attributes, tensors and value descriptions.</summary>
internal static class Protos
{
    public static NodeProto Node(
        string operation, string name, IEnumerable<string> inputs, IEnumerable<string> outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = name };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        return node;
    }

    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Attribute(string name, float value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Attribute(string name, IEnumerable<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>A vector of whole numbers.</summary>
    public static TensorProto Tensor(string name, IEnumerable<long> values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Int64 };
        tensor.Int64Data.AddRange(values);
        tensor.Dims.Add(tensor.Int64Data.Count);
        return tensor;
    }

    /// <summary>A float32 tensor in row-major order.</summary>
    public static TensorProto Tensor(string name, IEnumerable<long> shape, ReadOnlySpan<float> values) =>
        Tensor(name, shape, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values));

    /// <summary>A tensor of any type from its bytes in row-major order.</summary>
    public static TensorProto Tensor(string name, IEnumerable<long> shape, TensorProto.Types.DataType elements, ReadOnlySpan<byte> bytes)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)elements,
            RawData = UnsafeByteOperations.UnsafeWrap(bytes.ToArray()), // wraps the fresh array: no second copy
        };
        tensor.Dims.AddRange(shape);
        return tensor;
    }

    /// <summary>A value, float32 if not said otherwise, whose first dimension is the batch, known by name only.</summary>
    public static ValueInfoProto BatchedValue(
        string name, string batchName, IEnumerable<long> sampleShape,
        TensorProto.Types.DataType elements = TensorProto.Types.DataType.Float)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = batchName });
        shape.Dim.AddRange(sampleShape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        var type = new TypeProto.Types.Tensor { ElemType = (int)elements, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } };
    }
}
