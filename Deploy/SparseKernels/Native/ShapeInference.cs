using System.Globalization;
using System.Runtime.InteropServices;

namespace SparseHybrid.Kernels;

/// <summary>What is known of a node while the model is loaded, before any kernel is made: its attributes and the sizes of its inputs.</summary>
internal readonly unsafe struct ShapeInference(nint handle)
{
    private const int Int = 1;
    private const int Ints = 2;

    private static int unknownSizes;

    public int InputCount
    {
        get
        {
            nuint count;
            OrtApi.Check(OrtApi.ShapeInferContextGetInputCount(handle, &count));
            return (int)count;
        }
    }

    /// <summary>Sizes of an input; none where not even their number is known.</summary>
    public Size[] Input(int index)
    {
        nint info; // the context's own
        OrtApi.Check(OrtApi.ShapeInferContextGetInputTypeShape(handle, (nuint)index, &info));
        var shape = TensorShape.OfInfo(info);
        var names = stackalloc byte*[TensorShape.LargestRank];
        OrtApi.Check(OrtApi.GetSymbolicDimensions(info, names, (nuint)shape.Rank));
        var sizes = new Size[shape.Rank];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = new Size(shape[i], Marshal.PtrToStringUTF8((nint)names[i]) ?? string.Empty);
        }

        return sizes;
    }

    /// <summary>An attribute, or null where the node has none of that name and type.</summary>
    public long? Int64(ReadOnlySpan<byte> name)
    {
        long value;
        nuint size;
        var attribute = Attribute(name);
        return attribute != 0 && Succeeded(OrtApi.ReadOpAttr(attribute, Int, &value, sizeof(long), &size)) ? value : null;
    }

    /// <inheritdoc cref="Int64"/>
    public long[]? Int64s(ReadOnlySpan<byte> name)
    {
        const int most = 8; // no attribute of these operators has more
        var values = stackalloc long[most];
        nuint size;
        var attribute = Attribute(name);
        return attribute != 0 && Succeeded(OrtApi.ReadOpAttr(attribute, Ints, values, most * sizeof(long), &size))
            ? new ReadOnlySpan<long>(values, (int)(size / sizeof(long))).ToArray()
            : null;
    }

    /// <summary>Tells the sizes of the only output.</summary>
    public void SetOutput(ReadOnlySpan<Size> sizes)
    {
        nint info;
        OrtApi.Check(OrtApi.CreateTensorTypeAndShapeInfo(&info));
        var names = new nint[sizes.Length];
        try
        {
            var numbers = stackalloc long[sizes.Length];
            for (var i = 0; i < sizes.Length; i++)
            {
                numbers[i] = sizes[i].Known ?? -1;
                names[i] = Marshal.StringToCoTaskMemUTF8(sizes[i].NameForOutput());
            }

            OrtApi.Check(OrtApi.SetTensorElementType(info, 1));
            OrtApi.Check(OrtApi.SetDimensions(info, numbers, (nuint)sizes.Length));
            fixed (nint* first = names)
            {
                OrtApi.Check(OrtApi.SetSymbolicDimensions(info, (byte**)first, (nuint)sizes.Length));
            }

            OrtApi.Check(OrtApi.ShapeInferContextSetOutputTypeShape(handle, 0, info));
        }
        finally
        {
            Array.ForEach(names, Marshal.FreeCoTaskMem);
            OrtApi.ReleaseTensorTypeAndShapeInfo(info);
        }
    }

    private nint Attribute(ReadOnlySpan<byte> name)
    {
        nint attribute = 0;
        fixed (byte* key = name)
        {
            return Succeeded(OrtApi.ShapeInferContextGetAttribute(handle, key, &attribute)) ? attribute : 0;
        }
    }

    private static bool Succeeded(nint status)
    {
        if (status != 0)
        {
            OrtApi.ReleaseStatus(status);
        }

        return status == 0;
    }

    /// <summary>A size of a tensor: a number, a name that stands for one, or neither.</summary>
    internal readonly record struct Size(long Number, string Name = "")
    {
        public static Size Unknown => new(-1);

        public long? Known => Number >= 0 && Name.Length == 0 ? Number : null;

        /// <summary>ONNX Runtime takes an output's size without a name for a number, so what is not known needs a name of its own.</summary>
        public string NameForOutput() =>
            Known is not null || Name.Length > 0
                ? Name
                : string.Create(CultureInfo.InvariantCulture, $"sparsehybrid_unknown_{Interlocked.Increment(ref unknownSizes)}");
    }
}
