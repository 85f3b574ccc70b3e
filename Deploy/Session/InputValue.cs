using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace SparseHybrid.Deploy.Session;

/// <summary>Numbers as the one input of a session, in main memory.</summary>
internal static class InputValue
{
    /// <summary>float32 over the array itself, or int64 over a copy of it, whichever the model takes.</summary>
    public static OrtValue Create(InferenceSession session, float[] values, long[] shape) =>
        session.InputMetadata[session.InputNames[0]].ElementDataType == TensorElementType.Int64
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (long)value), shape)
            : OrtValue.CreateTensorValueFromMemory(values, shape);
}
