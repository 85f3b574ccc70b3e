using Microsoft.ML.OnnxRuntime;

namespace SparseHybrid.Deploy.Session;

/// <summary>
/// The input is copied once to the memory of the provider that reads it, and outputs stay where they are computed: the time of
/// a run has no transfers between main memory and a GPU in it. On the processor, the same over main memory. Owns the input.
/// </summary>
internal sealed class DeviceRun : IPreparedRun
{
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly OrtIoBinding binding;
    private readonly OrtValue input;

    public DeviceRun(InferenceSession session, float[] values, long[] shape)
    {
        this.session = session;
        input = InputValue.Create(session, values, shape);
        binding = session.CreateIoBinding();
        try
        {
            binding.BindInput(session.InputNames[0], input); // copies
            binding.SynchronizeBoundInputs();
            using var places = session.GetMemoryInfosForOutputs();
            foreach (var (name, place) in session.OutputNames.Zip(places))
            {
                binding.BindOutputToDevice(name, place);
            }

            Run();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Run()
    {
        session.RunWithBinding(runOptions, binding);
        binding.SynchronizeBoundOutputs();
    }

    /// <inheritdoc/>
    public float[][] CopyOutputs()
    {
        using var outputs = session.Run(runOptions, [session.InputNames[0]], [input], session.OutputNames); // into main memory
        return [.. outputs.Select(output => output.GetTensorDataAsSpan<float>().ToArray())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        binding.Dispose();
        input.Dispose();
        runOptions.Dispose();
    }
}
