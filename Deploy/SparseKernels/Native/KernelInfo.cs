using System.Text;

namespace SparseHybrid.Kernels;

/// <summary>What is known of a node when its kernel is made: attributes, and inputs that are constant.</summary>
internal readonly unsafe struct KernelInfo(nint handle)
{
    private const int Float = 1;
    private const int UInt8 = 2;

    /// <summary>The node's name; empty where it has none.</summary>
    public string NodeName
    {
        get
        {
            nuint size = 0;
            OrtApi.Check(OrtApi.KernelInfoGetNodeName(handle, null, &size));
            var name = new byte[size];
            fixed (byte* target = name)
            {
                OrtApi.Check(OrtApi.KernelInfoGetNodeName(handle, target, &size));
            }

            return Encoding.UTF8.GetString(name.AsSpan(0, Math.Max(0, name.Length - 1)));
        }
    }

    public int InputCount
    {
        get
        {
            nuint count;
            OrtApi.Check(OrtApi.KernelInfoGetInputCount(handle, &count));
            return (int)count;
        }
    }

    /// <summary>An attribute, or null where the node has none of that name and type.</summary>
    public long? Int64(ReadOnlySpan<byte> name)
    {
        long value;
        fixed (byte* key = name)
        {
            return Exists(OrtApi.KernelInfoGetInt64(handle, key, &value)) ? value : null;
        }
    }

    /// <inheritdoc cref="Int64"/>
    public long[]? Int64s(ReadOnlySpan<byte> name)
    {
        nuint count = 0;
        fixed (byte* key = name)
        {
            if (!Exists(OrtApi.KernelInfoGetInt64s(handle, key, null, &count)))
            {
                return null;
            }

            var values = new long[count];
            fixed (long* target = values)
            {
                OrtApi.Check(count == 0 ? 0 : OrtApi.KernelInfoGetInt64s(handle, key, target, &count));
            }

            return values;
        }
    }

    /// <inheritdoc cref="Int64"/>
    public string? String(ReadOnlySpan<byte> name)
    {
        nuint size = 0;
        fixed (byte* key = name)
        {
            if (!Exists(OrtApi.KernelInfoGetString(handle, key, null, &size)))
            {
                return null;
            }

            var text = new byte[size];
            fixed (byte* target = text)
            {
                OrtApi.Check(OrtApi.KernelInfoGetString(handle, key, target, &size));
            }

            return Encoding.UTF8.GetString(text.AsSpan(0, text.Length - 1));
        }
    }

    /// <summary>A vector of bytes that is the same in every run. It is valid as long as the kernel is being made.</summary>
    public ReadOnlySpan<byte> ConstantBytes(int input, string name)
    {
        var tensor = Constant(input, name, UInt8, "uint8", out var length);
        return new ReadOnlySpan<byte>(tensor, length);
    }

    /// <summary>A vector of floats that is the same in every run. It is valid as long as the kernel is being made.</summary>
    public ReadOnlySpan<float> ConstantFloats(int input, string name)
    {
        var tensor = Constant(input, name, Float, "float32", out var length);
        return new ReadOnlySpan<float>(tensor, length);
    }

    private void* Constant(int input, string name, int type, string typeName, out int length)
    {
        int isConstant;
        nint value;
        OrtApi.Check(OrtApi.KernelInfoGetConstantInput(handle, (nuint)input, &isConstant, &value));
        if (isConstant == 0)
        {
            throw new InvalidDataException($"The input {name} must be an initializer of the model; it is computed or fed when the model runs.");
        }

        var shape = TensorShape.Of(value);
        if (shape.Rank != 1 || shape.ElementType != type)
        {
            throw new InvalidDataException($"The input {name} must be a vector of {typeName}; it has rank {shape.Rank} and ONNX element type {shape.ElementType}.");
        }

        length = checked((int)shape[0]);
        void* data;
        OrtApi.Check(OrtApi.GetTensorMutableData(value, &data));
        return data;
    }

    /// <summary>ONNX Runtime says no more than "failed" of an attribute that is not there and of one of another type; the text tells.</summary>
    private static bool Exists(nint status)
    {
        if (status == 0)
        {
            return true;
        }

        var message = OrtApi.Message(status);
        return message.Contains("No attribute with", StringComparison.Ordinal) ? false : throw new InvalidDataException(message);
    }
}
