using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace SparseHybrid.Deploy.Session;

/// <summary>Input and outputs of a session bound once to fixed memory: a run copies nothing and allocates nothing. Owns them.</summary>
internal sealed class PreparedRun : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly OrtIoBinding binding;
    private readonly OrtValue input;
    private readonly List<OrtValue> outputs = [];

    public PreparedRun(InferenceSession session, float[] values, long[] shape)
    {
        this.session = session;
        input = session.InputMetadata[session.InputNames[0]].ElementDataType == TensorElementType.Int64
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (long)value), shape)
            : OrtValue.CreateTensorValueFromMemory(values, shape);
        binding = session.CreateIoBinding();
        try
        {
            binding.BindInput(session.InputNames[0], input);
            BindOutputs(shape);
            Run();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Computes the outputs of the bound input.</summary>
    public void Run() => session.RunWithBinding(runOptions, binding);

    /// <summary>The outputs of the last run.</summary>
    public float[][] CopyOutputs() => [.. outputs.Select(output => output.GetTensorDataAsSpan<float>().ToArray())];

    public void Dispose()
    {
        binding.Dispose();
        foreach (var output in outputs)
        {
            output.Dispose();
        }

        input.Dispose();
        runOptions.Dispose();
    }

    private void BindOutputs(long[] shape)
    {
        // One run tells the shapes of the outputs, whatever the model declares.
        using var sample = session.Run(runOptions, [session.InputNames[0]], [input], session.OutputNames);
        foreach (var (name, value) in session.OutputNames.Zip(sample))
        {
            var outputShape = value.GetTensorTypeAndShape().Shape;
            var elements = outputShape.Aggregate(1L, (product, size) => product * size);
            outputs.Add(OrtValue.CreateTensorValueFromMemory(new float[elements], outputShape));
            binding.BindOutput(name, outputs[^1]);
        }
    }
}
