using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>A model in ONNX Runtime with its inputs in place, to be run again and again. Owns the session.</summary>
internal sealed class TimedModel : IDisposable
{
    private readonly InferenceSession session;
    private readonly OrtIoBinding binding;
    private readonly RunOptions runOptions = new();
    private readonly List<OrtValue> inputs = [];

    /// <param name="model">The model.</param>
    /// <param name="inputs">What it is run on.</param>
    /// <param name="threads">Threads that share the work of one operator, at least 1.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime does not run it.</exception>
    public TimedModel(ModelProto model, IReadOnlyList<InputTensor> inputs, int threads)
    {
        Threads = threads;
        using var options = new SessionSettings(Threads: threads).ToSessionOptions();
        options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL; // what goes wrong is an exception
        session = new InferenceSession(ModelFile.ToBytes(model), options);
        binding = session.CreateIoBinding();
        try
        {
            foreach (var input in inputs)
            {
                this.inputs.Add(input.ToOrtValue());
                binding.BindInput(input.Name, this.inputs[^1]);
            }

            foreach (var output in session.OutputNames)
            {
                binding.BindOutputToDevice(output, OrtMemoryInfo.DefaultInstance);
            }

            Run();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Threads that share the work of one operator.</summary>
    public int Threads { get; }

    /// <summary>Computes the outputs once.</summary>
    public void Run() => session.RunWithBinding(runOptions, binding);

    public void Dispose()
    {
        inputs.ForEach(input => input.Dispose());
        runOptions.Dispose();
        binding.Dispose();
        session.Dispose();
    }
}
