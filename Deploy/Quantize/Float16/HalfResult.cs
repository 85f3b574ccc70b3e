using Onnx;

namespace SparseHybrid.Deploy.Quantize.Float16;

/// <summary>A model with float16 in it.</summary>
/// <param name="Model">A new model; the given one is unchanged.</param>
/// <param name="HalfTensors">How many tensors are float16.</param>
/// <param name="KeptTensors">Names of those that stayed float32 because float16 cannot hold them: beyond 65504, or too close to zero.</param>
public sealed record HalfResult(ModelProto Model, int HalfTensors, IReadOnlyList<string> KeptTensors);
