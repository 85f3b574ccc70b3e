using System.Text.Json.Serialization;
using SparseHybrid.Optim;

namespace SparseHybrid.Methods;

/// <summary>
/// Any method of Optim.FSharp, one of the user's own too (<see cref="CustomMethod"/>), to train with like the named ones. A run record
/// cannot tell of it, so that it trains without a run folder.
/// </summary>
/// <param name="Method">The step of one parameter.</param>
/// <param name="DefaultStepSize">The step size used when none is set, above 0.</param>
/// <param name="ThresholdsFollowStepSize">See <see cref="MethodOptions.ThresholdsFollowStepSize"/>.</param>
public sealed record CustomMethodOptions(Method Method, double DefaultStepSize = 1.0, bool ThresholdsFollowStepSize = false) : MethodOptions
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => Method.Name;

    /// <inheritdoc/>
    [JsonIgnore]
    public override double DefaultStepSize { get; } = DefaultStepSize;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ThresholdsFollowStepSize { get; } = ThresholdsFollowStepSize;

    /// <inheritdoc/>
    public override Method CreateMethod(double stageShare = 1.0) => Method;
}
