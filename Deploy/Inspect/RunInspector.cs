using SparseHybrid.Deploy.Export;
using SparseHybrid.Models;
using SparseHybrid.Runs;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>Looks at networks of the catalogue, trained or not, as the ONNX models that they are exported as.</summary>
public static class RunInspector
{
    /// <summary>Looks at the trained network of a run, and holds it against what the run reported.</summary>
    /// <param name="run">A run that is done.</param>
    /// <exception cref="RunException">The run is not done, or its model is not one that can be named.</exception>
    /// <exception cref="CheckpointException">The file of the weights is damaged or does not fit the model.</exception>
    public static ModelInspection Inspect(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var model = run.LoadModel();
        var found = Inspect(model, run.Record.Model.InputShape);
        if (run.Record.Result is not { } result)
        {
            return found;
        }

        var agrees = result.Nonzeros == found.Totals.Nonzeros && result.Parameters == found.Totals.Parameters;
        string[] differs =
        [
            $"The run reported {result.Nonzeros} non-zeros of {result.Parameters} parameters; its weights have {found.Totals.Nonzeros} of {found.Totals.Parameters}.",
        ];
        return found with
        {
            Totals = found.Totals with { RegularisedWeights = result.RegularisedWeights },
            Remarks = agrees ? found.Remarks : [.. differs, .. found.Remarks],
        };
    }

    /// <summary>Looks at a network with random weights, for its shapes, parameters and multiplications.</summary>
    /// <param name="description">What to build.</param>
    /// <exception cref="ArgumentException">The network is unknown or does not fit the shape or settings.</exception>
    public static ModelInspection Inspect(ModelDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        using var model = ModelCatalog.Create(description);
        model.eval();
        return Inspect(model, description.InputShape);
    }

    private static ModelInspection Inspect(nn.Module<Tensor, Tensor> model, long[] inputShape) => ModelInspector.Inspect(OnnxExporter.Export(model, inputShape));
}
