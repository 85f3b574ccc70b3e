namespace SparseHybrid.Sparsifiers;

/// <summary>
/// A module that calls some of its children one after the other, each on the output of the one before. A method that prunes
/// channels then knows which layers a channel belongs to. Sequential needs no telling.
/// </summary>
public interface IChannelChains
{
    /// <summary>
    /// The chains, each of names of children in the order of their calls. Between two neighbours the output of the first goes
    /// to the second and nowhere else.
    /// </summary>
    IReadOnlyList<IReadOnlyList<string>> ChannelChains { get; }
}
