using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export;

/// <summary>The memory of a tensor on the processor, as memory that Protobuf writes from. Good until the tensor is disposed.</summary>
internal sealed unsafe class TensorMemory : MemoryManager<byte>
{
    private readonly byte* first; // libtorch's memory: the garbage collector does not move it
    private readonly int length;

    private TensorMemory(Tensor tensor)
    {
        var bytes = tensor.bytes;
        first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
        length = bytes.Length;
    }

    /// <summary>A float32 tensor in row-major order.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tensor">Float32 on any device.</param>
    /// <param name="shape">The shape to write, of as many entries.</param>
    /// <param name="kept">Takes the tensor whose memory the result shares; null: the result has a copy.</param>
    /// <exception cref="ExportException">It has 2 GB or more, which one ONNX tensor cannot hold here.</exception>
    public static TensorProto ToProto(string name, Tensor tensor, IReadOnlyList<long> shape, ICollection<Tensor>? kept)
    {
        if (tensor.numel() > int.MaxValue / sizeof(float))
        {
            throw new ExportException(
                null, $"Cannot export the tensor '{name}'.", $"It has {tensor.numel()} entries; {int.MaxValue / sizeof(float)} are the most.",
                "Split the layer into several.");
        }

        using var detached = tensor.detach();
        using var onProcessor = detached.cpu();
        var contiguous = onProcessor.contiguous();
        contiguous.DetachFromDisposeScope();
        var proto = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Float };
        proto.Dims.AddRange(shape);
        if (kept is null)
        {
            proto.RawData = ByteString.CopyFrom(contiguous.bytes);
            contiguous.Dispose();
        }
        else
        {
            kept.Add(contiguous);
            proto.RawData = UnsafeByteOperations.UnsafeWrap(new TensorMemory(contiguous).Memory);
        }

        return proto;
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(first, length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(first + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
