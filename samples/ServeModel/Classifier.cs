using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using SparseHybrid.Kernels;

namespace ServeModel;

/// <summary>An .onnx classifier of one input and one output, dense or with sparse kernels. Any number of threads may use it at once.</summary>
internal sealed class Classifier : IDisposable
{
    private readonly InferenceSession session;

    /// <param name="path">The .onnx file; its batch dimension is open.</param>
    /// <param name="threads">Threads that share the work of one request, at least 1.</param>
    /// <exception cref="OnnxRuntimeException">The file is no model, or has operators that are not known here.</exception>
    /// <exception cref="NotSupportedException">The model is no classifier.</exception>
    public Classifier(string path, int threads)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = threads };
        SparseKernels.Register(options); // the one line that sparse models need; dense ones do not mind
        session = new InferenceSession(path, options);
        if (session.InputMetadata.Values.ToArray() is not [{ Dimensions: [_, .. var shape] }]
            || session.OutputMetadata.Values.ToArray() is not [{ Dimensions: [_, var outputs] }]
            || shape.Append(outputs).Any(size => size < 1))
        {
            throw new NotSupportedException($"'{path}' is not a classifier: one input [batch, ...] and one output [batch, classes], whose sizes are known.");
        }

        (Name, InputShape, Outputs) = (Path.GetFileName(path), shape, outputs);
        ClassNames = session.ModelMetadata.CustomMetadataMap.TryGetValue("sparsehybrid.classes", out var names)
            ? JsonSerializer.Deserialize<string[]>(names)!
            : [.. Enumerable.Range(0, outputs).Select(number => $"{number}")];
        InputSize = shape.Aggregate(1, (size, dimension) => size * dimension);
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Shape of one input, without the batch dimension.</summary>
    public int[] InputShape { get; }

    /// <summary>Values in one input.</summary>
    public int InputSize { get; }

    /// <summary>Scores for each input.</summary>
    public int Outputs { get; }

    /// <summary>What the outputs stand for: names that the export put into the file, else numbers.</summary>
    public string[] ClassNames { get; }

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
