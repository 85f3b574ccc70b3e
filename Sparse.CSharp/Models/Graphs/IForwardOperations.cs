using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models.Graphs;

/// <summary>
/// The operations that a forward pass is described by. Dimension 0 of every value is the batch and stays as it is; negative
/// dimensions count from the last (-1). What two values may differ in is what broadcasting allows.
/// </summary>
/// <typeparam name="TValue">The values; each describes itself by the operations that made it.</typeparam>
public interface IForwardOperations<TValue>
{
    /// <summary>The shape of one sample of a value, without the batch dimension.</summary>
    IReadOnlyList<long> SampleShape(TValue value);

    /// <summary>What a child makes of a value. One child may be called several times.</summary>
    /// <param name="child">Registered in the module that describes itself, or in one of its children.</param>
    /// <param name="input">What the child takes.</param>
    TValue Call(Module<torch.Tensor, torch.Tensor> child, TValue input);

    /// <summary>left + right.</summary>
    TValue Add(TValue left, TValue right);

    /// <summary>value + parameter.</summary>
    /// <param name="value">[B, ...].</param>
    /// <param name="parameter">Registered in the module; broadcast to the shape of one sample, or to that of a batch of one.</param>
    TValue Add(TValue value, Parameter parameter);

    /// <summary>left - right.</summary>
    TValue Subtract(TValue left, TValue right);

    /// <summary>left * right, entry by entry.</summary>
    TValue Multiply(TValue left, TValue right);

    /// <summary>value * parameter, entry by entry; see <see cref="Add(TValue, Parameter)"/>.</summary>
    TValue Multiply(TValue value, Parameter parameter);

    /// <summary>value * factor.</summary>
    TValue Scale(TValue value, double factor);

    /// <summary>Matrix products over the last two dimensions, in every place of those before.</summary>
    TValue MatMul(TValue left, TValue right);

    /// <summary>Values one behind the other along a dimension.</summary>
    TValue Concatenate(long dimension, params TValue[] values);

    /// <summary>The entries start, start + step, ... below end along a dimension.</summary>
    /// <param name="value">[B, ...].</param>
    /// <param name="dimension">1 or more, or negative.</param>
    /// <param name="start">0 or more.</param>
    /// <param name="end">At most the size of the dimension.</param>
    /// <param name="step">At least 1.</param>
    TValue Slice(TValue value, long dimension, long start, long end, long step = 1);

    /// <summary>Puts so many entries of 0 before and behind those of a dimension, 0 or more.</summary>
    TValue Pad(TValue value, long dimension, long before, long behind);

    /// <summary>[B, everything else].</summary>
    TValue Flatten(TValue value);

    /// <summary>The same entries in another shape, given without the batch dimension.</summary>
    TValue Reshape(TValue value, params long[] sampleShape);

    /// <summary>Reorders the dimensions: those of the result in terms of the value's, the batch included (0 first).</summary>
    TValue Permute(TValue value, params long[] dimensions);

    /// <summary>The mean over some dimensions, which stay with size 1 or go.</summary>
    TValue Mean(TValue value, long[] dimensions, bool keepDimensions = false);

    /// <summary>The largest entry over some dimensions, which stay with size 1 or go.</summary>
    TValue Max(TValue value, long[] dimensions, bool keepDimensions = false);

    /// <summary>max(value, 0).</summary>
    TValue Relu(TValue value);

    /// <summary>1 / (1 + exp(-value)).</summary>
    TValue Sigmoid(TValue value);

    /// <summary>tanh(value).</summary>
    TValue Tanh(TValue value);

    /// <summary>exp(value) along a dimension, divided by its sum there.</summary>
    TValue Softmax(TValue value, long dimension);
}
