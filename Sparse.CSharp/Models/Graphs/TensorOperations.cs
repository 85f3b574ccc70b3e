using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models.Graphs;

/// <summary>Computes a description with tensors. What the operations make lives until the dispose scope around them ends.</summary>
internal sealed class TensorOperations : IForwardOperations<Tensor>
{
    private TensorOperations()
    {
    }

    public static TensorOperations Instance { get; } = new();

    public IReadOnlyList<long> SampleShape(Tensor value) => value.shape[1..];

    public Tensor Call(Module<Tensor, Tensor> child, Tensor input) => child.call(input);

    public Tensor Add(Tensor left, Tensor right) => left + right;

    public Tensor Add(Tensor value, Parameter parameter) => value + parameter;

    public Tensor Subtract(Tensor left, Tensor right) => left - right;

    public Tensor Multiply(Tensor left, Tensor right) => left * right;

    public Tensor Multiply(Tensor value, Parameter parameter) => value * parameter;

    public Tensor Scale(Tensor value, double factor) => value * factor;

    public Tensor MatMul(Tensor left, Tensor right) => left.matmul(right);

    public Tensor Concatenate(long dimension, params Tensor[] values) => cat(values, dimension);

    public Tensor Slice(Tensor value, long dimension, long start, long end, long step = 1) => value.slice(dimension, start, end, step);

    public Tensor Pad(Tensor value, long dimension, long before, long behind)
    {
        var place = dimension < 0 ? dimension + value.dim() : dimension;
        var pads = new long[2 * (value.dim() - place)]; // from the last dimension backwards
        (pads[^2], pads[^1]) = (before, behind);
        return functional.pad(value, pads);
    }

    public Tensor Flatten(Tensor value) => value.flatten(1);

    public Tensor Reshape(Tensor value, params long[] sampleShape) => value.reshape([value.shape[0], .. sampleShape]);

    public Tensor Permute(Tensor value, params long[] dimensions) => value.permute(dimensions);

    public Tensor Mean(Tensor value, long[] dimensions, bool keepDimensions = false) => value.mean(dimensions, keepDimensions);

    public Tensor Max(Tensor value, long[] dimensions, bool keepDimensions = false) => value.amax(dimensions, keepDimensions);

    public Tensor Relu(Tensor value) => functional.relu(value);

    public Tensor Sigmoid(Tensor value) => functional.sigmoid(value);

    public Tensor Tanh(Tensor value) => functional.tanh(value);

    public Tensor Softmax(Tensor value, long dimension) => functional.softmax(value, dimension);
}
