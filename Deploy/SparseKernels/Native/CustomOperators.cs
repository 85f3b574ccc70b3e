using System.Runtime.InteropServices;
using System.Text;

namespace SparseHybrid.Kernels;

/// <summary>
/// The domain of operators as ONNX Runtime knows it: built at the first use by sessions of so many threads, and never freed, for a session may outlive the
/// options it was made with, and both look into these tables.
/// </summary>
internal static unsafe class CustomOperators
{
    private const int Fail = 1; // ORT_FAIL
    private const int InvalidArgument = 2; // ORT_INVALID_ARGUMENT

    private static readonly CustomOperator[] Operators = [SparseGemmKernel.Gemm, SparseGemmKernel.MatMul, SparseConvKernel.Conv, SparseConvKernel.ConvMaxPool, SparseConvKernel.ConvAdd];

    private static readonly nint[] Names = [.. Operators.Select(definition => Marshal.StringToCoTaskMemUTF8(definition.Name))];

    private static readonly Dictionary<int, nint> Domains = [];

    /// <summary>Adds the domain to session options.</summary>
    /// <param name="options">ONNX Runtime's handle.</param>
    /// <param name="threads">Threads that its sessions will have. ONNX Runtime tells its operators nothing of them.</param>
    public static void AddTo(nint options, int threads)
    {
        lock (Domains)
        {
            if (!Domains.TryGetValue(threads, out var domain))
            {
                Domains.Add(threads, domain = CreateDomain(threads));
            }

            OrtApi.Check(OrtApi.AddCustomOpDomain(options, domain));
        }
    }

    private static nint CreateDomain(int threads)
    {
        nint domain;
        fixed (byte* name = Encoding.UTF8.GetBytes(SparseKernels.Domain + "\0"))
        {
            OrtApi.Check(OrtApi.CreateCustomOpDomain(name, &domain));
        }

        for (var number = 0; number < Operators.Length; number++)
        {
            var table = (OrtCustomOp*)NativeMemory.AllocZeroed((nuint)sizeof(OrtCustomOp));
            *table = Table(number, threads);
            OrtApi.Check(OrtApi.CustomOpDomainAdd(domain, table));
        }

        return domain;
    }

    private static OrtCustomOp Table(int number, int threads) => new()
    {
        Version = OrtApi.Version,
        GetName = &GetName,
        GetExecutionProviderType = &GetExecutionProviderType,
        GetInputType = &GetInputType,
        GetInputTypeCount = &GetInputTypeCount,
        GetOutputType = &One,
        GetOutputTypeCount = &OneOutput,
        KernelDestroy = &KernelDestroy,
        GetInputCharacteristic = &GetInputCharacteristic,
        GetOutputCharacteristic = &Zero,
        GetInputMemoryType = &Zero,
        GetVariadicInputMinArity = &Arity,
        GetVariadicInputHomogeneity = &Arity,
        GetVariadicOutputMinArity = &Arity,
        GetVariadicOutputHomogeneity = &Arity,
        CreateKernelV2 = &CreateKernel,
        KernelComputeV2 = &KernelCompute,
        InferOutputShape = &InferOutputShape,
        GetStartVersion = &Arity, // 1: the domain's first version
        GetEndVersion = &LastVersion,
        Number = number,
        Threads = threads,
    };

    [UnmanagedCallersOnly]
    private static byte* GetName(OrtCustomOp* table) => (byte*)Names[table->Number];

    /// <summary>None: the CPU's.</summary>
    [UnmanagedCallersOnly]
    private static byte* GetExecutionProviderType(OrtCustomOp* table) => null;

    [UnmanagedCallersOnly]
    private static int GetInputType(OrtCustomOp* table, nuint index) => Operators[table->Number].Inputs[(int)index].ElementType;

    [UnmanagedCallersOnly]
    private static nuint GetInputTypeCount(OrtCustomOp* table) => (nuint)Operators[table->Number].Inputs.Count;

    [UnmanagedCallersOnly]
    private static int GetInputCharacteristic(OrtCustomOp* table, nuint index) => Operators[table->Number].Inputs[(int)index].IsOptional ? 1 : 0;

    /// <summary>Outputs are float32.</summary>
    [UnmanagedCallersOnly]
    private static int One(OrtCustomOp* table, nuint index) => 1;

    [UnmanagedCallersOnly]
    private static nuint OneOutput(OrtCustomOp* table) => 1;

    /// <summary>Outputs are required, inputs lie where the CPU reads them.</summary>
    [UnmanagedCallersOnly]
    private static int Zero(OrtCustomOp* table, nuint index) => 0;

    [UnmanagedCallersOnly]
    private static int Arity(OrtCustomOp* table) => 1;

    [UnmanagedCallersOnly]
    private static int LastVersion(OrtCustomOp* table) => int.MaxValue;

    [UnmanagedCallersOnly]
    private static nint CreateKernel(OrtCustomOp* table, nint api, nint info, nint* kernel)
    {
        var definition = Operators[table->Number];
        var name = definition.Name;
        try
        {
            var kernelInfo = new KernelInfo(info);
            name = $"{definition.Name} '{kernelInfo.NodeName}'";
            var created = definition.Create(kernelInfo);
            (created.Name, created.Threads) = (name, table->Threads);
            *kernel = GCHandle.ToIntPtr(GCHandle.Alloc(created));
            return 0;
        }
#pragma warning disable CA1031 // nothing may be thrown into native code: it becomes a status
        catch (Exception exception)
        {
            return Status(name, exception);
        }
    }

    [UnmanagedCallersOnly]
    private static nint KernelCompute(nint kernel, nint context)
    {
        var target = (Kernel)GCHandle.FromIntPtr(kernel).Target!;
        try
        {
            target.Compute(new KernelContext(context, target.Threads));
            return 0;
        }
        catch (Exception exception)
        {
            return Status(target.Name, exception);
        }
    }

    [UnmanagedCallersOnly]
    private static void KernelDestroy(nint kernel)
    {
        if (kernel != 0)
        {
            var handle = GCHandle.FromIntPtr(kernel);
            ((Kernel)handle.Target!).Dispose();
            handle.Free();
        }
    }

    /// <summary>ONNX Runtime ignores (and leaks) a status from here; what is wrong with the node is said when its kernel is made.</summary>
    [UnmanagedCallersOnly]
    private static nint InferOutputShape(OrtCustomOp* table, nint context)
    {
        try
        {
            Operators[table->Number].InferShape(new ShapeInference(context));
        }
        catch (Exception)
        {
            // The sizes stay unknown.
        }

        return 0;
    }
#pragma warning restore CA1031

    private static nint Status(string name, Exception exception)
    {
        var message = Encoding.UTF8.GetBytes($"{SparseKernels.Domain}.{name}: {exception.Message}\0");
        fixed (byte* text = message)
        {
            return OrtApi.CreateStatus(exception is InvalidDataException or ArgumentException ? InvalidArgument : Fail, text);
        }
    }
}
