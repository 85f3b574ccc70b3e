using Microsoft.ML.OnnxRuntime;

namespace SparseHybrid.Deploy.Session;

/// <summary>Input and outputs of a session bound once to fixed main memory: a run copies nothing and allocates nothing. Owns them.</summary>
internal class PreparedRun : IPreparedRun
{
    private readonly OrtValue input;
    private readonly List<OrtValue> outputs = [];

    public PreparedRun(InferenceSession session, float[] values, long[] shape)
    {
        Session = session;
        input = InputValue.Create(session, values, shape);
        Binding = session.CreateIoBinding();
        try
        {
            BindInput();
            BindOutputs();
            Run();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    protected InferenceSession Session { get; }

    protected OrtIoBinding Binding { get; }

    protected RunOptions RunOptions { get; } = new();

    /// <inheritdoc/>
    public virtual void Run() => Session.RunWithBinding(RunOptions, Binding);

    /// <inheritdoc/>
    public float[][] CopyOutputs() => [.. outputs.Select(output => output.GetTensorDataAsSpan<float>().ToArray())];

    /// <inheritdoc/>
    public void Dispose()
    {
        Binding.Dispose();
        foreach (var output in outputs)
        {
            output.Dispose();
        }

        input.Dispose();
        RunOptions.Dispose();
    }

    /// <summary>Binds the input; on a provider with memory of its own this copies it there.</summary>
    protected void BindInput() => Binding.BindInput(Session.InputNames[0], input);

    private void BindOutputs()
    {
        // One run tells the shapes of the outputs, whatever the model declares.
        using var sample = Session.Run(RunOptions, [Session.InputNames[0]], [input], Session.OutputNames);
        foreach (var (name, value) in Session.OutputNames.Zip(sample))
        {
            var shape = value.GetTensorTypeAndShape().Shape;
            var elements = shape.Aggregate(1L, (product, size) => product * size);
            outputs.Add(OrtValue.CreateTensorValueFromMemory(new float[elements], shape));
            Binding.BindOutput(name, outputs[^1]);
        }
    }
}
