using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Verify;

/// <summary>A model in ONNX Runtime with any number of inputs and outputs, to be compared with another. Owns the native session.</summary>
internal sealed class VerificationSession : IDisposable
{
    private readonly string path;
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();

    /// <exception cref="ModelFileException">The file is not readable, or ONNX Runtime refuses it.</exception>
    public VerificationSession(string path)
    {
        this.path = path;
        using var options = new SessionSettings().ToSessionOptions();
        session = ModelSession.Open(path, options);
        Inputs = [.. session.InputNames.Select(name => ToInput(name, session.InputMetadata[name]))];
    }

    /// <summary>What it takes, in the model's order.</summary>
    public IReadOnlyList<ModelInput> Inputs { get; }

    /// <summary>The names of the outputs, in the model's order.</summary>
    public IReadOnlyList<string> OutputNames => session.OutputNames;

    /// <summary>The place of the first output that scores classes, [batch, two or more]; null when there is none.</summary>
    public int? ClassOutput =>
        OutputNames.Select((name, place) => (place, output: session.OutputMetadata[name]))
            .Where(entry => entry.output is { IsTensor: true, Dimensions: [_, > 1] })
            .Select(entry => (int?)entry.place)
            .FirstOrDefault();

    /// <summary>The only batch size that it takes; null: it takes any.</summary>
    public long? FixedBatch => Inputs.Any(input => input.HasOpenBatch) ? null : Math.Max(1, Inputs.FirstOrDefault()?.Sizes.FirstOrDefault(1) ?? 1);

    /// <summary>The outputs, in the order of <see cref="OutputNames"/>, each flattened row by row.</summary>
    /// <exception cref="ModelFileException">ONNX Runtime fails, or an output is not one of numbers.</exception>
    public IReadOnlyList<double[]> Run(IReadOnlyList<InputTensor> inputs)
    {
        var results = new List<double[]>();
        Visit(inputs, (name, output) => results.Add(Read(output, name)));
        return results;
    }

    /// <summary>Runs once and shows every output where it lies, in the order of <see cref="OutputNames"/>.</summary>
    /// <exception cref="ModelFileException">ONNX Runtime fails.</exception>
    public void Visit(IReadOnlyList<InputTensor> inputs, Action<string, OrtValue> visit)
    {
        var values = inputs.Select(input => input.ToOrtValue()).ToList();
        try
        {
            using var outputs = session.Run(runOptions, [.. inputs.Select(input => input.Name)], values, session.OutputNames);
            foreach (var (name, output) in session.OutputNames.Zip(outputs))
            {
                visit(name, output);
            }
        }
        catch (OnnxRuntimeException exception)
        {
            throw ModelSession.Refused(path, exception);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    public void Dispose()
    {
        runOptions.Dispose();
        session.Dispose();
    }

    private double[] Read(OrtValue output, string name) => output.IsTensor ? output.GetTensorTypeAndShape().ElementDataType switch
    {
        TensorElementType.Float => Numbers<float>(output),
        TensorElementType.Double => Numbers<double>(output),
        TensorElementType.Float16 => Array.ConvertAll(output.GetTensorDataAsSpan<Float16>().ToArray(), number => (double)(float)number),
        TensorElementType.Int64 => Numbers<long>(output),
        TensorElementType.Int32 => Numbers<int>(output),
        TensorElementType.Int8 => Numbers<sbyte>(output),
        TensorElementType.UInt8 => Numbers<byte>(output),
        TensorElementType.Bool => Array.ConvertAll(output.GetTensorDataAsSpan<bool>().ToArray(), truth => truth ? 1.0 : 0),
        var other => throw Unreadable(name, $"{other}"),
    }
    : throw Unreadable(name, "no tensor");

    private ModelInput ToInput(string name, NodeMetadata input) => input.IsTensor
        ? new ModelInput(path, name, input.ElementDataType, input.Dimensions)
        : throw new ModelFileException(path, $"Cannot feed '{path}'.", $"Its input '{name}' is no tensor.", "Models whose inputs are tensors can be compared.");

    private ModelFileException Unreadable(string name, string what) => new(
        path, $"Cannot compare what '{path}' computes.", $"Its output '{name}' is {what}.", "Models whose outputs are numbers or truth values can be compared.");

    private static double[] Numbers<T>(OrtValue output)
        where T : unmanaged, System.Numerics.INumber<T> => Array.ConvertAll(output.GetTensorDataAsSpan<T>().ToArray(), double.CreateTruncating);
}
