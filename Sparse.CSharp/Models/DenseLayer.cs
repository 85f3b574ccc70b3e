using SparseHybrid.Models.Graphs;
using SparseHybrid.Sparsifiers;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models;

/// <summary>
/// One layer of a dense block: x with conv1(relu(bn1(x))) appended as further channels; the convolution is 3 x 3 without
/// bias.
/// </summary>
/// <remarks>Huang, Liu, van der Maaten and Weinberger, arXiv:1608.06993, section 3.</remarks>
public sealed class DenseLayer : DescribedModule, IChannelChains
{
    private readonly Module<torch.Tensor, torch.Tensor> bn1;
    private readonly Module<torch.Tensor, torch.Tensor> relu;
    private readonly Module<torch.Tensor, torch.Tensor> conv1;

    /// <param name="inputs">Channels that come in.</param>
    /// <param name="growth">Channels that are appended.</param>
    internal DenseLayer(long inputs, long growth)
        : base(nameof(DenseLayer))
    {
        bn1 = BatchNorm2d(inputs);
        relu = ReLU(inplace: true);
        conv1 = Conv2d(inputs, growth, kernel_size: 3, padding: 1, bias: false);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<string>> ChannelChains { get; } = [[nameof(bn1), nameof(relu), nameof(conv1)]];

    /// <inheritdoc/>
    public override TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input) =>
        graph.Concatenate(1, input, graph.Call(conv1, graph.Call(relu, graph.Call(bn1, input))));
}
