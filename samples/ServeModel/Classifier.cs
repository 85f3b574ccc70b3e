using Microsoft.ML.OnnxRuntime;
using SparseHybrid.Kernels;

namespace ServeModel;

/// <summary>An .onnx classifier of one input and one output, dense or with sparse kernels. Any number of threads may use it at once.</summary>
internal sealed class Classifier : IDisposable
{
    private readonly InferenceSession session;

    /// <param name="path">The .onnx file; its batch dimension is open.</param>
    /// <param name="threads">Threads that share the work of one request, at least 1.</param>
    public Classifier(string path, int threads)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = threads };
        SparseKernels.Register(options); // the one line that sparse models need; dense ones do not mind
        session = new InferenceSession(path, options);
        Name = Path.GetFileName(path);
        InputShape = [.. session.InputMetadata.Values.Single().Dimensions.Skip(1)];
        InputSize = InputShape.Aggregate(1, (size, dimension) => size * dimension);
        Outputs = session.OutputMetadata.Values.Single().Dimensions[^1];
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Shape of one input, without the batch dimension.</summary>
    public int[] InputShape { get; }

    /// <summary>Values in one input.</summary>
    public int InputSize { get; }

    /// <summary>Scores for each input.</summary>
    public int Outputs { get; }

    /// <summary>The scores of a batch.</summary>
    /// <param name="inputs">[count, InputSize], one input after the other; count at least 1.</param>
    /// <returns>[count, Outputs].</returns>
    public float[] Scores(float[] inputs)
    {
        var count = inputs.Length / InputSize;
        var scores = new float[count * Outputs];
        using var run = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(inputs, [count, .. InputShape.Select(size => (long)size)]);
        using var output = OrtValue.CreateTensorValueFromMemory(scores, [count, Outputs]);
        session.Run(run, session.InputNames, [input], session.OutputNames, [output]);
        return scores;
    }

    /// <summary>Frees the session.</summary>
    public void Dispose() => session.Dispose();
}
