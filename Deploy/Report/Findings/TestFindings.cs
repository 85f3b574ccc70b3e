using System.Text.Json.Serialization;
using SparseHybrid.Data;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>How a network does on each class of its test data.</summary>
/// <param name="Classes">Names of the classes; their numbers where they have none.</param>
/// <param name="Confusion">For each class (outer) how many of its images were taken for which class (inner).</param>
/// <param name="Mistakes">The images that it got wrong with the greatest confidence.</param>
internal sealed record TestFindings(IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<long>> Confusion, IReadOnlyList<Mistake> Mistakes)
{
    private const int BatchSize = 250;
    private const int MostMistakes = 24;

    /// <summary>Images judged.</summary>
    public long Images => Confusion.Sum(row => row.Sum());

    /// <summary>Share of them classified rightly (0..1).</summary>
    public double Accuracy => Images == 0 ? 0 : (double)Confusion.Index().Sum(row => row.Item[row.Index]) / Images;

    /// <summary>Runs a network over test data.</summary>
    /// <param name="model">In evaluation mode, on the CPU; gives logits.</param>
    /// <param name="data">Whose test part it is run over.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public static TestFindings Of(Module<torch.Tensor, torch.Tensor> model, TrainAndTest data, CancellationToken cancellation)
    {
        var confusion = Enumerable.Range(0, data.Test.Classes).Select(_ => new long[data.Test.Classes]).ToArray();
        var labels = data.Test.Labels.data<long>().ToArray();
        var wrong = new List<(long Index, int Label, int Prediction, double Probability)>();
        foreach (var (index, (prediction, probability)) in Predictions(model, data.Test, cancellation).Index())
        {
            confusion[labels[index]][prediction]++;
            if (prediction != labels[index])
            {
                wrong.Add((index, (int)labels[index], prediction, probability));
            }
        }

        var worst = wrong.OrderByDescending(mistake => mistake.Probability).Take(MostMistakes);
        return new TestFindings(
            data.ClassNames ?? [.. confusion.Select((_, number) => $"{number}")],
            confusion,
            [.. worst.Select(mistake => new Mistake(mistake.Index, mistake.Label, mistake.Prediction, mistake.Probability, Thumbnail.Of(data.Test, mistake.Index)))]);
    }

    private static IEnumerable<(int Class, double Probability)> Predictions(
        Module<torch.Tensor, torch.Tensor> model, LabelledImages images, CancellationToken cancellation)
    {
        var batches = ImageBatches.InOrder(images, BatchSize);
        using var epoch = batches.OpenEpoch(0);
        for (var index = 0; index < batches.BatchesPerEpoch; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var prediction in Predict(model, epoch, index))
            {
                yield return prediction;
            }
        }
    }

    private static IEnumerable<(int Class, double Probability)> Predict(Module<torch.Tensor, torch.Tensor> model, IEpochBatches epoch, int index)
    {
        using var withoutGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (probabilities, classes) = model.call(epoch.Read(index).Inputs).softmax(1).max(1);
        return classes.data<long>().ToArray().Zip(probabilities.data<float>().ToArray(), (label, probability) => ((int)label, (double)probability));
    }
}

/// <summary>An image that was taken for something else.</summary>
/// <param name="Index">Its place in the test data, counted from 0.</param>
/// <param name="Label">Its class.</param>
/// <param name="Prediction">What it was taken for.</param>
/// <param name="Probability">The network's probability of that (0..1).</param>
/// <param name="Image">How it looks; null where the data are no images.</param>
internal sealed record Mistake(long Index, int Label, int Prediction, double Probability, [property: JsonIgnore] Thumbnail? Image);
