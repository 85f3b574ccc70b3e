using Onnx;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>What shrinking did to one layer.</summary>
/// <param name="Name">The layer's name: that of its weight without ".weight", else that of its node.</param>
/// <param name="Operator">Its ONNX operator: Gemm, MatMul, Conv or ConvTranspose.</param>
/// <param name="UnitsBefore">Output features or channels of the given model.</param>
/// <param name="UnitsAfter">Output features or channels that are left; 0 when the layer is gone altogether.</param>
/// <param name="ParametersBefore">Weights and biases of the given model.</param>
/// <param name="ParametersAfter">Weights and biases that are left.</param>
/// <param name="Weights">Weights of the given model, without biases.</param>
/// <param name="Zeros">How many of them are zero.</param>
/// <param name="WeightName">The tensor that they are in.</param>
public sealed record LayerShrinkage(
    string Name, string Operator, int UnitsBefore, int UnitsAfter, long ParametersBefore, long ParametersAfter, long Weights, long Zeros,
    string WeightName);

/// <summary>A model without the units that did nothing, and what that came to layer by layer.</summary>
/// <param name="Model">A new model; the given one is unchanged.</param>
/// <param name="Layers">The layers that were understood, in the order of the graph; others were left alone.</param>
/// <param name="Rounds">How often the graph was rewritten until nothing changed; 0 when there was nothing to remove.</param>
public sealed record ShrinkResult(ModelProto Model, IReadOnlyList<LayerShrinkage> Layers, int Rounds);
