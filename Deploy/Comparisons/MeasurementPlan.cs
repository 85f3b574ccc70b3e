using SparseHybrid.Comparisons;
using SparseHybrid.Deploy.Optimize;

namespace SparseHybrid.Deploy.Comparisons;

/// <summary>Which networks of a comparison are measured.</summary>
/// <param name="Baseline">Run folder of the network that, dense, all take turns with: one of the subject's.</param>
/// <param name="Networks">In the order of the comparison's rows.</param>
internal sealed record MeasurementPlan(string Baseline, IReadOnlyList<WantedNetwork> Networks)
{
    /// <summary>Of each row the network with the median accuracy; null when no run is done.</summary>
    public static MeasurementPlan? Of(IReadOnlyList<ComparisonRow> rows)
    {
        WantedNetwork[] networks =
        [
            .. from row in rows
               let run = row.MedianRun()
               where run is not null
               from form in run.Result.Sparsity > 0 ? new[] { ModelForm.Shrunk, ModelForm.Auto } : [ModelForm.Dense]
               select new WantedNetwork(row, run, form),
        ];
        return networks.OrderBy(network => network.Row.Role != ArmRole.Subject).FirstOrDefault() is { } first ? new MeasurementPlan(first.Run.Result.Run, networks) : null;
    }

    /// <summary>Those that are not among the measured.</summary>
    public IReadOnlyList<WantedNetwork> MissingFrom(ComparisonSpeed speed) => [.. Networks.Where(network => network.FindIn(speed) is null)];

    /// <summary>The same with networks in the order of the plan, and none that it does not know.</summary>
    public ComparisonSpeed InOrder(ComparisonSpeed speed) => speed with { Networks = [.. Networks.Select(network => network.FindIn(speed)).OfType<MeasuredNetwork>()] };
}

/// <summary>A network of a comparison and the form in which it is measured.</summary>
/// <param name="Row">The arm at one of its values.</param>
/// <param name="Run">The run whose network it is.</param>
/// <param name="Form">The form.</param>
internal sealed record WantedNetwork(ComparisonRow Row, ComparedRun Run, ModelForm Form)
{
    /// <summary>What was measured of it; null: nothing.</summary>
    public MeasuredNetwork? FindIn(ComparisonSpeed speed) =>
        speed.Networks.FirstOrDefault(network => network.Run == Run.Result.Run && network.Form == ModelForms.NameOf(Form));

    /// <summary>It with what was measured.</summary>
    public MeasuredNetwork With(IReadOnlyList<MeasuredBatch> batches) => new(
        Row.Arm, Row.Lambda, Row.TargetSparsity, Run.Result.Run, Run.Result.Seed, Run.Result.TestAccuracy, ModelForms.NameOf(Form), batches);
}
