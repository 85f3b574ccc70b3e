using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Session.Cuda;

namespace SparseHybrid.Deploy.Session;

/// <summary>
/// A model loaded by ONNX Runtime: one float32 input with the batch in front (or int64, fed with the same numbers), float32
/// outputs. Owns the native session.
/// </summary>
internal sealed class ModelSession : IDisposable
{
    private static readonly string[] UnknownOperator = ["is not a registered function/op", "No Op registered for"];

    private readonly InferenceSession session;
    private readonly IReadOnlyList<long>? sampleShape;

    private ModelSession(string path, InferenceSession session, IReadOnlyList<long>? sampleShape)
    {
        Path = path;
        this.session = session;
        this.sampleShape = sampleShape;
    }

    /// <summary>The file it was loaded from.</summary>
    public string Path { get; }

    /// <summary>Loads a model file.</summary>
    /// <exception cref="ModelFileException">The file is not readable, ONNX Runtime refuses it, or it has other than one float32 or int64 input.</exception>
    /// <exception cref="ProviderException">ONNX Runtime or the execution provider is not available, or not for this model.</exception>
    public static ModelSession Load(string path, SessionSettings settings)
    {
        if (settings.Provider != ExecutionProvider.Cpu)
        {
            CheckHasNoSparseLayers(path);
        }

        using var options = settings.ToSessionOptions();
        return Load(path, options, settings.SampleShape);
    }

    /// <summary>As the other overload, with session options of the caller's making.</summary>
    public static ModelSession Load(string path, SessionOptions options, IReadOnlyList<long>? sampleShape = null)
    {
        var loaded = new ModelSession(path, Open(path, options), sampleShape);
        try
        {
            loaded.CheckInterface();
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>They would run on the processor, each with its input copied from the device and its output back: no one wants to wait for that.</summary>
    private static void CheckHasNoSparseLayers(string path)
    {
        var layers = SparseLayers.NamesIn(ModelFile.Load(path).Graph).ToList();
        if (layers.Count > 0)
        {
            throw new ProviderException(
                $"'{path}' does not run on the execution provider 'cuda'.", $"Sparse kernels are for processors, and it has them in {layers.Count} layer(s), first '{layers[0]}'.",
                "Choose 'cpu', or take the dense form of the model (--form dense).");
        }
    }

    /// <summary>ONNX Runtime's own session over a model file. The caller disposes it.</summary>
    /// <exception cref="ModelFileException">The file is not readable, or ONNX Runtime refuses it.</exception>
    public static InferenceSession Open(string path, SessionOptions options)
    {
        ModelFile.CheckIsReadableFile(path);
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException exception)
        {
            ModelFile.Load(path); // says more precisely what is wrong with the file itself
            throw Refused(path, exception);
        }
    }

    /// <summary>The names of the outputs, in the model's order.</summary>
    public IReadOnlyList<string> OutputNames => session.OutputNames;

    /// <summary>The input's shape for a batch of this size.</summary>
    /// <exception cref="ModelFileException">The model fixes another batch size or sample shape, or leaves a dimension open that nobody gave.</exception>
    public long[] InputShape(int batch)
    {
        var declared = Input.Dimensions;
        var sample = sampleShape ?? [.. declared.Skip(1).Select(size => (long)size)];
        var fits = declared.Length == sample.Count + 1 && declared.Skip(1).Zip(sample).All(size => size.First <= 0 || size.First == size.Second);
        if (!fits || sample.Any(size => size <= 0))
        {
            throw new ModelFileException(
                Path, $"Cannot feed '{Path}'{(sampleShape is null ? "" : $" samples of {string.Join('x', sample)}")}.",
                $"Its input is [{string.Join(", ", declared.Select(size => size > 0 ? $"{size}" : "open"))}], the batch in front.",
                "Say the sizes of one sample that fit (bench: --input 3x224x224).");
        }
        if (declared[0] > 0 && declared[0] != batch)
        {
            throw new ModelFileException(
                Path, $"Cannot feed '{Path}' a batch of {batch}.", $"It was exported for batches of {declared[0]} only.",
                $"Use batch {declared[0]}, or export it with a dynamic batch.");
        }
        return [batch, .. sample];
    }

    /// <summary>Makes a run over fixed memory, ready to be repeated. Dispose it before the session.</summary>
    public PreparedRun Prepare(float[] input, int batch) => Prepare(() => new PreparedRun(session, input, InputShape(batch)));

    /// <summary>As <see cref="Prepare(float[], int)"/>, with input and outputs in the memory of the provider.</summary>
    public DeviceRun PrepareOnDevice(float[] input, int batch) => Prepare(() => new DeviceRun(session, input, InputShape(batch)));

    /// <summary>As <see cref="Prepare(float[], int)"/>, for a provider with memory of its own: each run copies the input to it and the outputs back.</summary>
    public TransferringRun PrepareWithTransfers(float[] input, int batch) => Prepare(() => new TransferringRun(session, input, InputShape(batch)));

    /// <summary>The outputs for a batch, in the order of <see cref="OutputNames"/>, each flattened row by row.</summary>
    public float[][] Run(float[] input, int batch)
    {
        using var run = Prepare(input, batch);
        return run.CopyOutputs();
    }

    /// <summary>Ends profiling and returns the file that holds the profile.</summary>
    public string EndProfiling() => session.EndProfiling();

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private TRun Prepare<TRun>(Func<TRun> prepare)
    {
        try
        {
            return prepare();
        }
        catch (OnnxRuntimeException exception)
        {
            throw Refused(Path, exception);
        }
    }

    private NodeMetadata Input => session.InputMetadata[session.InputNames[0]];

    private void CheckInterface()
    {
        var takes = session.InputMetadata.Values.All(value => value is { IsTensor: true, ElementDataType: TensorElementType.Float or TensorElementType.Int64 });
        var gives = session.OutputMetadata.Values.All(value => value is { IsTensor: true, ElementDataType: TensorElementType.Float });
        if (session.InputNames.Count == 1 && takes && gives)
        {
            return;
        }

        var found = session.InputMetadata.Select(input => $"{input.Key}: {(input.Value.IsTensor ? input.Value.ElementDataType : "no tensor")}");
        throw new ModelFileException(
            Path, $"Cannot feed '{Path}'.", $"It has the inputs {string.Join(", ", found)}; this needs one float32 or int64 input and float32 outputs.",
            "Give a model with a single float32 or int64 input.");
    }

    /// <summary>The error of a model that ONNX Runtime does not take.</summary>
    public static SparseHybridException Refused(string path, OnnxRuntimeException exception) =>
        CudaProvider.Explain(exception) ?? (SparseHybridException)new ModelFileException(
            path, $"ONNX Runtime cannot run '{path}'.", exception.Message.ReplaceLineEndings(" "),
            UnknownOperator.Any(phrase => exception.Message.Contains(phrase, StringComparison.Ordinal))
                ? "Use operators of the ONNX standard, or the program that has these."
                : "Check that it is a complete .onnx file; export or copy it again.",
            exception);
}
