using SparseHybrid.Deploy.Session;

namespace SparseHybrid.Deploy.Quantize.Calibration;

/// <summary>A loaded model and the samples to run it on, batch by batch.</summary>
internal sealed class CalibrationRun(ModelSession session, CalibrationSamples samples, int batch, CancellationToken cancellationToken)
{
    /// <summary>What to do with the entries of a value for one batch.</summary>
    public delegate void Visitor(string name, ReadOnlySpan<float> entries);

    /// <summary>Shows the entries of values, those of all batches one after the other.</summary>
    /// <exception cref="QuantizationException">The samples do not fit the model.</exception>
    public void ForEach(IReadOnlyCollection<string> values, Visitor visit)
    {
        Check();
        var wanted = values.ToHashSet();
        // A model of a fixed batch leaves out the samples that do not fill one.
        for (var first = 0; first < samples.Count; first += batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(batch, samples.Count - first);
            if (count < batch && session.HasFixedBatch)
            {
                break;
            }

            var input = samples.Slice(first, count);
            if (wanted.Contains(session.InputName))
            {
                visit(session.InputName, input);
            }

            session.Visit(input, count, (name, entries) =>
            {
                if (wanted.Contains(name))
                {
                    visit(name, entries);
                }
            });
        }
    }

    private void Check()
    {
        var shape = session.InputShape(batch);
        var needed = shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        if (needed != samples.ValuesPerSample)
        {
            throw new QuantizationException(
                "The calibration samples do not fit the model.",
                $"A sample has {samples.ValuesPerSample} values; the model takes {string.Join('x', shape.Skip(1))}.",
                "Give samples of the model's input shape.");
        }

        if (session.HasFixedBatch && samples.Count < batch)
        {
            throw new QuantizationException(
                "There are too few calibration samples.", $"The model takes batches of {batch} only; {samples.Count} samples were given.",
                $"Give at least {batch}.");
        }
    }
}
