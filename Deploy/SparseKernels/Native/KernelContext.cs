namespace SparseHybrid.Kernels;

/// <summary>One run of a node: its inputs, its outputs and the session's threads. Valid until the run ends.</summary>
internal readonly unsafe struct KernelContext(nint handle, int threads)
{
    /// <summary>The session's threads that share the work of one operator.</summary>
    public IParallel Threads => OrtParallel.Of(handle, threads);

    /// <summary>A float32 input; ONNX Runtime has checked its type against the operator's.</summary>
    public float* Input(int index, out TensorShape shape)
    {
        nint value;
        OrtApi.Check(OrtApi.KernelContextGetInput(handle, (nuint)index, &value));
        shape = TensorShape.Of(value);
        return Data(value);
    }

    /// <summary>Memory for an output of the given sizes.</summary>
    public float* Output(int index, ReadOnlySpan<long> sizes)
    {
        nint value;
        fixed (long* dimensions = sizes)
        {
            OrtApi.Check(OrtApi.KernelContextGetOutput(handle, (nuint)index, dimensions, (nuint)sizes.Length, &value));
        }

        return Data(value);
    }

    private static float* Data(nint value)
    {
        void* data;
        OrtApi.Check(OrtApi.GetTensorMutableData(value, &data));
        return (float*)data;
    }
}
