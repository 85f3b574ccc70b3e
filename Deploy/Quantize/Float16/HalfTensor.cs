using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Quantize.Float16;

/// <summary>Float32 tensors as float16, where that loses no more than rounding does.</summary>
internal static class HalfTensor
{
    /// <summary>The largest finite float16.</summary>
    public const float Largest = 65504;

    // Half a step of the 10 bits behind the leading one.
    private const float RelativeRounding = 1f / 2048;

    /// <summary>
    /// The tensor in float16; null when an entry is beyond 65504, or the tensor lies so close to zero that float16's coarse steps
    /// there cost more than 2^-11 of its largest entry.
    /// </summary>
    /// <param name="tensor">The tensor; all its entries are finite.</param>
    /// <param name="name">The name of the new one.</param>
    public static TensorProto? TryConvert(FloatTensor tensor, string name)
    {
        var halves = new Half[tensor.Values.Length];
        TensorPrimitives.ConvertToHalf(tensor.Values, halves);
        var largest = halves.Length == 0 ? 0 : TensorPrimitives.MaxMagnitude(tensor.Values);
        for (var i = 0; i < halves.Length; i++)
        {
            if (!(MathF.Abs((float)halves[i] - tensor.Values[i]) <= Math.Abs(largest) * RelativeRounding)) // infinite beyond the largest
            {
                return null;
            }
        }

        return Protos.Tensor(name, tensor.Shape, TensorProto.Types.DataType.Float16, MemoryMarshal.AsBytes(halves.AsSpan()));
    }
}
