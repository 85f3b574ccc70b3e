using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace SparseHybrid.Kernels;

/// <summary>
/// The functions of ONNX Runtime's C API that custom operators need, which its C# binding keeps to itself. A position in the table never
/// changes between releases; functions are only added behind. Those that only look something up are called without telling the
/// garbage collector, which saves more than they take.
/// </summary>
internal static unsafe class OrtApi
{
    /// <summary>The version of the table that is asked for, the first with everything here: ONNX Runtime 1.17.</summary>
    public const uint Version = 17;

    public static readonly delegate* unmanaged<int, byte*, nint> CreateStatus;
    public static readonly delegate* unmanaged<nint, byte*> GetErrorMessage;
    public static readonly delegate* unmanaged<nint, void> ReleaseStatus;

    public static readonly delegate* unmanaged<byte*, nint*, nint> CreateCustomOpDomain;
    public static readonly delegate* unmanaged<nint, OrtCustomOp*, nint> CustomOpDomainAdd;
    public static readonly delegate* unmanaged<nint, nint, nint> AddCustomOpDomain;

    public static readonly delegate* unmanaged<nint, byte*, long*, nint> KernelInfoGetInt64;
    public static readonly delegate* unmanaged<nint, byte*, byte*, nuint*, nint> KernelInfoGetString;
    public static readonly delegate* unmanaged<nint, byte*, long*, nuint*, nint> KernelInfoGetInt64s;
    public static readonly delegate* unmanaged<nint, nuint*, nint> KernelInfoGetInputCount;
    public static readonly delegate* unmanaged<nint, byte*, nuint*, nint> KernelInfoGetNodeName;
    public static readonly delegate* unmanaged<nint, nuint, int*, nint*, nint> KernelInfoGetConstantInput;

    public static readonly delegate* unmanaged[SuppressGCTransition]<nint, nuint, nint*, nint> KernelContextGetInput;
    public static readonly delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint> KernelContextGetOutput;
    public static readonly delegate* unmanaged<nint, delegate* unmanaged<void*, nuint, void>, nuint, nuint, void*, nint> KernelContextParallelFor;

    public static readonly delegate* unmanaged[SuppressGCTransition]<nint, void**, nint> GetTensorMutableData;
    public static readonly delegate* unmanaged[SuppressGCTransition]<nint, nint*, nint> GetTensorTypeAndShape;
    public static readonly delegate* unmanaged[SuppressGCTransition]<nint, int*, nint> GetTensorElementType;
    public static readonly delegate* unmanaged[SuppressGCTransition]<nint, nuint*, nint> GetDimensionsCount;
    public static readonly delegate* unmanaged[SuppressGCTransition]<nint, long*, nuint, nint> GetDimensions;
    public static readonly delegate* unmanaged[SuppressGCTransition]<nint, void> ReleaseTensorTypeAndShapeInfo;

    public static readonly delegate* unmanaged<nint, byte**, nuint, nint> GetSymbolicDimensions;
    public static readonly delegate* unmanaged<nint, byte**, nuint, nint> SetSymbolicDimensions;
    public static readonly delegate* unmanaged<nint*, nint> CreateTensorTypeAndShapeInfo;
    public static readonly delegate* unmanaged<nint, int, nint> SetTensorElementType;
    public static readonly delegate* unmanaged<nint, long*, nuint, nint> SetDimensions;
    public static readonly delegate* unmanaged<nint, nuint*, nint> ShapeInferContextGetInputCount;
    public static readonly delegate* unmanaged<nint, nuint, nint*, nint> ShapeInferContextGetInputTypeShape;
    public static readonly delegate* unmanaged<nint, byte*, nint*, nint> ShapeInferContextGetAttribute;
    public static readonly delegate* unmanaged<nint, nuint, nint, nint> ShapeInferContextSetOutputTypeShape;
    public static readonly delegate* unmanaged<nint, int, void*, nuint, nuint*, nint> ReadOpAttr;

#pragma warning disable CA1810 // the fields are one table, found in one place
    static OrtApi()
    {
        var table = Table();
        CreateStatus = (delegate* unmanaged<int, byte*, nint>)table[0];
        GetErrorMessage = (delegate* unmanaged<nint, byte*>)table[2];
        CreateCustomOpDomain = (delegate* unmanaged<byte*, nint*, nint>)table[26];
        CustomOpDomainAdd = (delegate* unmanaged<nint, OrtCustomOp*, nint>)table[27];
        AddCustomOpDomain = (delegate* unmanaged<nint, nint, nint>)table[28];
        GetTensorMutableData = (delegate* unmanaged[SuppressGCTransition]<nint, void**, nint>)table[51];
        CreateTensorTypeAndShapeInfo = (delegate* unmanaged<nint*, nint>)table[57];
        SetTensorElementType = (delegate* unmanaged<nint, int, nint>)table[58];
        SetDimensions = (delegate* unmanaged<nint, long*, nuint, nint>)table[59];
        GetTensorElementType = (delegate* unmanaged[SuppressGCTransition]<nint, int*, nint>)table[60];
        GetDimensionsCount = (delegate* unmanaged[SuppressGCTransition]<nint, nuint*, nint>)table[61];
        GetDimensions = (delegate* unmanaged[SuppressGCTransition]<nint, long*, nuint, nint>)table[62];
        GetSymbolicDimensions = (delegate* unmanaged<nint, byte**, nuint, nint>)table[63];
        GetTensorTypeAndShape = (delegate* unmanaged[SuppressGCTransition]<nint, nint*, nint>)table[65];
        KernelInfoGetInt64 = (delegate* unmanaged<nint, byte*, long*, nint>)table[86];
        KernelInfoGetString = (delegate* unmanaged<nint, byte*, byte*, nuint*, nint>)table[87];
        KernelContextGetInput = (delegate* unmanaged[SuppressGCTransition]<nint, nuint, nint*, nint>)table[90];
        KernelContextGetOutput = (delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)table[91];
        ReleaseStatus = (delegate* unmanaged<nint, void>)table[93];
        ReleaseTensorTypeAndShapeInfo = (delegate* unmanaged[SuppressGCTransition]<nint, void>)table[99];
        KernelInfoGetInt64s = (delegate* unmanaged<nint, byte*, long*, nuint*, nint>)table[163];
        KernelInfoGetInputCount = (delegate* unmanaged<nint, nuint*, nint>)table[230];
        KernelInfoGetNodeName = (delegate* unmanaged<nint, byte*, nuint*, nint>)table[244];
        KernelInfoGetConstantInput = (delegate* unmanaged<nint, nuint, int*, nint*, nint>)table[249];
        ShapeInferContextGetInputCount = (delegate* unmanaged<nint, nuint*, nint>)table[267];
        ShapeInferContextGetInputTypeShape = (delegate* unmanaged<nint, nuint, nint*, nint>)table[268];
        ShapeInferContextGetAttribute = (delegate* unmanaged<nint, byte*, nint*, nint>)table[269];
        ShapeInferContextSetOutputTypeShape = (delegate* unmanaged<nint, nuint, nint, nint>)table[270];
        SetSymbolicDimensions = (delegate* unmanaged<nint, byte**, nuint, nint>)table[271];
        ReadOpAttr = (delegate* unmanaged<nint, int, void*, nuint, nuint*, nint>)table[272];
        KernelContextParallelFor =
            (delegate* unmanaged<nint, delegate* unmanaged<void*, nuint, void>, nuint, nuint, void*, nint>)table[274];
    }
#pragma warning restore CA1810

    /// <summary>Throws what the status says, if it says anything, and releases it.</summary>
    /// <exception cref="InvalidOperationException">It is not 0, ONNX Runtime's way to say that all went well.</exception>
    public static void Check(nint status)
    {
        if (status != 0)
        {
            throw new InvalidOperationException(Message(status));
        }
    }

    /// <summary>The status's message; the status is released.</summary>
    public static string Message(nint status)
    {
        var message = Marshal.PtrToStringUTF8((nint)GetErrorMessage(status)) ?? string.Empty;
        ReleaseStatus(status);
        return message;
    }

    private static void** Table()
    {
        // The file that the binding loaded: the names and places that it tries are tried.
        var library = NativeLibrary.Load("onnxruntime", typeof(SessionOptions).Assembly, null);
        var apiBase = (ApiBase*)((delegate* unmanaged<void*>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
        var table = (void**)apiBase->GetApi(Version);
        return table != null
            ? table
            : throw new PlatformNotSupportedException(
                $"Sparse kernels need ONNX Runtime 1.{Version} or newer; this one is {Marshal.PtrToStringUTF8((nint)apiBase->GetVersionString())}.");
    }

    private readonly struct ApiBase
    {
        public delegate* unmanaged<uint, void*> GetApi { get; init; }

        public delegate* unmanaged<byte*> GetVersionString { get; init; }
    }
}
