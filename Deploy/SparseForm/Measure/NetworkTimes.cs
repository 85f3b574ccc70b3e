using System.Text.Json.Serialization;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>Microseconds of one run of the whole network, in the forms that were tried.</summary>
/// <param name="Batch">Samples of a run.</param>
/// <param name="Threads">Threads that shared the work of one operator.</param>
/// <param name="Dense">As the original has it.</param>
/// <param name="Shrunk">Without the units that do nothing; null when all do something.</param>
/// <param name="Sparse">With the sparse kernels that proved best; null when no layer gained from one.</param>
public sealed record NetworkTimes(int Batch, int Threads, double Dense, double? Shrunk, double? Sparse)
{
    /// <summary>The fastest of them.</summary>
    [JsonIgnore]
    public double Fastest => Math.Min(Dense, Math.Min(Shrunk ?? Dense, Sparse ?? Dense));
}
