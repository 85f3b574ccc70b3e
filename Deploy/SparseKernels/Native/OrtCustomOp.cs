using System.Runtime.InteropServices;

namespace SparseHybrid.Kernels;

/// <summary>
/// ONNX Runtime's table of functions that describe and run a custom operator, as version <see cref="OrtApi.Version"/> of its C API
/// lays it out. Two numbers of our own follow: ONNX Runtime hands the table's address to each function.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OrtCustomOp
{
    public uint Version;
    public nint CreateKernel; // the functions without a status: those of version 2 are there, so they are never called
    public delegate* unmanaged<OrtCustomOp*, byte*> GetName;
    public delegate* unmanaged<OrtCustomOp*, byte*> GetExecutionProviderType;
    public delegate* unmanaged<OrtCustomOp*, nuint, int> GetInputType;
    public delegate* unmanaged<OrtCustomOp*, nuint> GetInputTypeCount;
    public delegate* unmanaged<OrtCustomOp*, nuint, int> GetOutputType;
    public delegate* unmanaged<OrtCustomOp*, nuint> GetOutputTypeCount;
    public nint KernelCompute;
    public delegate* unmanaged<nint, void> KernelDestroy;
    public delegate* unmanaged<OrtCustomOp*, nuint, int> GetInputCharacteristic;
    public delegate* unmanaged<OrtCustomOp*, nuint, int> GetOutputCharacteristic;
    public delegate* unmanaged<OrtCustomOp*, nuint, int> GetInputMemoryType;
    public delegate* unmanaged<OrtCustomOp*, int> GetVariadicInputMinArity;
    public delegate* unmanaged<OrtCustomOp*, int> GetVariadicInputHomogeneity;
    public delegate* unmanaged<OrtCustomOp*, int> GetVariadicOutputMinArity;
    public delegate* unmanaged<OrtCustomOp*, int> GetVariadicOutputHomogeneity;
    public delegate* unmanaged<OrtCustomOp*, nint, nint, nint*, nint> CreateKernelV2;
    public delegate* unmanaged<nint, nint, nint> KernelComputeV2;
    public delegate* unmanaged<OrtCustomOp*, nint, nint> InferOutputShape;
    public delegate* unmanaged<OrtCustomOp*, int> GetStartVersion;
    public delegate* unmanaged<OrtCustomOp*, int> GetEndVersion;

    /// <summary>Which operator of <see cref="CustomOperators"/>; no part of ONNX Runtime's table.</summary>
    public int Number;

    /// <summary>Threads of the sessions that use this table; no part of ONNX Runtime's.</summary>
    public int Threads;
}
