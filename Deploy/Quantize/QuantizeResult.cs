using Onnx;

namespace SparseHybrid.Deploy.Quantize;

/// <summary>What became of one layer.</summary>
/// <param name="Name">The layer's name: that of its weight without ".weight", else that of its node.</param>
/// <param name="Operator">Its ONNX operator: Conv, Gemm or MatMul.</param>
/// <param name="IsQuantized">Whether it computes with 8-bit integers now; false: it was to stay float32.</param>
public sealed record QuantizedLayer(string Name, string Operator, bool IsQuantized);

/// <summary>A model that computes with 8-bit integers.</summary>
/// <param name="Model">A new model; the given one is unchanged.</param>
/// <param name="Layers">The layers that can be quantised, in the order of the graph; other nodes are float32.</param>
public sealed record QuantizeResult(ModelProto Model, IReadOnlyList<QuantizedLayer> Layers);
