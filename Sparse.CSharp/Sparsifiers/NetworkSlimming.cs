using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Sparsifiers;

/// <summary>
/// Network slimming: l1 by subgradient on the scales of normalisation layers, then the channels with the smallest scales go,
/// with the weights that make them and those that read them, then fine-tuning.
/// </summary>
internal sealed class NetworkSlimming : PruneThenFineTune
{
    private readonly IReadOnlyList<NormalisedChannels> norms;
    private readonly double strength;
    private readonly long wantedZeros;

    public NetworkSlimming(SparsifierContext context, FineTuning fineTuning, double strength, double initialScale)
        : this(context, fineTuning, NormalisedChannels.Of(context.Model))
    {
        this.strength = strength;
        wantedZeros = SparsityShare.ZerosOf(Weights.Sum(item => item.Weight.numel()), FinalShare);
        CheckReach();
        using var noGradient = torch.no_grad();
        foreach (var norm in norms)
        {
            norm.Norm.weight.fill_(initialScale);
        }
    }

    private NetworkSlimming(SparsifierContext context, FineTuning fineTuning, IReadOnlyList<NormalisedChannels> norms)
        : base(context, fineTuning, AlsoMasked(context, norms)) => this.norms = norms;

    protected override void Penalise() => SubgradientPenalty.Add(norms.Select(norm => norm.Norm.weight), strength);

    protected override void Prune()
    {
        var order = RemovalOrder();
        var count = ChannelThreshold.FewestFor(order.Count, removed => ZerosWithout(order.Take(removed)), wantedZeros);
        using var scope = torch.NewDisposeScope();
        var masks = MasksWithout(order.Take(count));
        foreach (var (name, index) in Masks.Names.Select((name, index) => (name, index)))
        {
            if (masks.TryGetValue(name, out var mask))
            {
                Masks.Set(index, mask);
            }
        }

        ApplyMasks();
    }

    private static IReadOnlyList<(string Name, Parameter Weight)> AlsoMasked(SparsifierContext context, IReadOnlyList<NormalisedChannels> norms)
    {
        var regularised = context.RegularisedWeights().Select(item => item.Name).ToHashSet();
        var around = norms.SelectMany(norm => new[] { $"{norm.Name}.weight", $"{norm.Name}.bias", $"{norm.Producer}.bias" }).ToHashSet();
        return [.. context.Model.named_parameters().Where(item => around.Contains(item.Item1) && !regularised.Contains(item.Item1))];
    }

    private IReadOnlyList<(int Layer, int Channel)> RemovalOrder()
    {
        using var scope = torch.NewDisposeScope();
        return ChannelThreshold.RemovalOrder([.. norms.Select(norm => norm.Norm.weight.detach().abs().cpu().data<float>().ToArray())]);
    }

    private void CheckReach()
    {
        var most = ZerosWithout(RemovalOrder());
        if (most < wantedZeros)
        {
            var weights = Weights.Sum(item => item.Weight.numel());
            throw new PruningException(
                what: $"Network slimming cannot make a share of {FinalShare} of this network's weights zero.",
                why: norms.Count == 0
                    ? "It prunes channels of normalisation layers, and the network has none."
                    : $"At most {(double)most / weights:0.####} of the weights lie in channels that can go.",
                fix: norms.Count == 0 ? "Use another method, or a network with normalisation layers." : "Ask for fewer zeros, or use a method that prunes single weights.");
        }
    }

    private long ZerosWithout(IEnumerable<(int Layer, int Channel)> removed)
    {
        using var scope = torch.NewDisposeScope();
        var masks = MasksWithout(removed);
        return Weights.Sum(item => masks.TryGetValue(item.Name, out var mask) ? Optim.Sparsity.ZeroCount(mask) : 0);
    }

    // By parameter name, those that lose something: scale and shift of the channels, and the weights on either side.
    private Dictionary<string, torch.Tensor> MasksWithout(IEnumerable<(int Layer, int Channel)> removed)
    {
        var masks = new Dictionary<string, torch.Tensor>();
        void Combine(string name, Func<torch.Tensor, torch.Tensor> maskOf)
        {
            var index = Masks.Names.ToList().IndexOf(name);
            if (index >= 0)
            {
                var mask = maskOf(Masks.Weight(index));
                masks[name] = masks.TryGetValue(name, out var other) ? other.mul(mask) : mask;
            }
        }

        foreach (var group in removed.GroupBy(item => item.Layer))
        {
            var norm = norms[group.Key];
            var kept = Enumerable.Repeat(1f, (int)norm.Norm.num_features).ToArray();
            group.ToList().ForEach(item => kept[item.Channel] = 0);
            var channels = torch.tensor(kept, device: norm.Norm.weight.device);
            foreach (var perChannel in new[] { $"{norm.Name}.weight", $"{norm.Name}.bias", $"{norm.Producer}.bias", $"{norm.Producer}.weight" })
            {
                Combine(perChannel, weight => NormalisedChannels.OutputMask(channels, weight));
            }

            if (norm.Consumer is { } consumer)
            {
                Combine($"{consumer.Name}.weight", weight => NormalisedChannels.InputMask(channels, weight));
            }
        }

        return masks;
    }
}
