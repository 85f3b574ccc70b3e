using SparseHybrid.Models.Graphs;
using SparseHybrid.Sparsifiers;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models;

/// <summary>
/// The basic residual block: relu(bn2(conv2(relu(bn1(conv1(x))))) + downsample(x)), with 3 x 3 convolutions without bias.
/// </summary>
/// <remarks>
/// He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition, arXiv:1512.03385, figure 2. Children have
/// torchvision's names; downsample is absent where the block keeps its shape, and x itself is added.
/// </remarks>
public sealed class ResidualBlock : Module<torch.Tensor, torch.Tensor>, IChannelChains, IForwardGraph
{
    private readonly Module<torch.Tensor, torch.Tensor> conv1;
    private readonly Module<torch.Tensor, torch.Tensor> bn1;
    private readonly Module<torch.Tensor, torch.Tensor> relu;
    private readonly Module<torch.Tensor, torch.Tensor> conv2;
    private readonly Module<torch.Tensor, torch.Tensor> bn2;
    private readonly Module<torch.Tensor, torch.Tensor>? downsample;

    /// <param name="inputs">Channels that come in.</param>
    /// <param name="outputs">Channels that go out.</param>
    /// <param name="stride">Stride of the first convolution, in pixels.</param>
    /// <param name="downsample">Brings the input to the shape of the output; null when it has it already. Taken over.</param>
    internal ResidualBlock(long inputs, long outputs, long stride, Module<torch.Tensor, torch.Tensor>? downsample)
        : base(nameof(ResidualBlock))
    {
        conv1 = Conv2d(inputs, outputs, kernel_size: 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm2d(outputs);
        relu = ReLU(inplace: true);
        conv2 = Conv2d(outputs, outputs, kernel_size: 3, padding: 1, bias: false);
        bn2 = BatchNorm2d(outputs);
        this.downsample = downsample;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<string>> ChannelChains { get; } = [[nameof(conv1), nameof(bn1), nameof(relu), nameof(conv2), nameof(bn2)]];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var sum = Chain.Call(input, conv1, bn1, relu, conv2, bn2);
        using (var shortcut = downsample?.call(input))
        {
            sum.add_(shortcut ?? input); // nobody else needs the output of bn2
        }

        return relu.call(sum);
    }

    /// <inheritdoc/>
    /// <remarks>Beside forward rather than in its place, because forward adds in place.</remarks>
    public TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input)
    {
        var hidden = graph.Call(relu, graph.Call(bn1, graph.Call(conv1, input)));
        var shortcut = downsample is null ? input : graph.Call(downsample, input);
        return graph.Call(relu, graph.Add(graph.Call(bn2, graph.Call(conv2, hidden)), shortcut));
    }
}
