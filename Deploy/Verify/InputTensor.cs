using System.Numerics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace SparseHybrid.Deploy.Verify;

/// <summary>What goes into one input of a model in one run.</summary>
/// <param name="Name">The input.</param>
/// <param name="Shape">Sizes of the dimensions.</param>
/// <param name="Entries">An array of the input's own type, row by row.</param>
internal sealed record InputTensor(string Name, long[] Shape, Array Entries)
{
    /// <summary>Entries of a model's type out of numbers of another.</summary>
    /// <exception cref="ModelFileException">The type is not one of numbers or truth values.</exception>
    public static Array Convert<T>(ModelInput input, T[] numbers)
        where T : INumber<T> => input.Type switch
        {
            TensorElementType.Float => numbers as float[] ?? To<T, float>(numbers),
            TensorElementType.Double => To<T, double>(numbers),
            TensorElementType.Float16 => Array.ConvertAll(numbers, number => (Float16)float.CreateTruncating(number)),
            TensorElementType.Int64 => numbers as long[] ?? To<T, long>(numbers),
            TensorElementType.Int32 => To<T, int>(numbers),
            TensorElementType.Int16 => To<T, short>(numbers),
            TensorElementType.Int8 => To<T, sbyte>(numbers),
            TensorElementType.UInt8 => To<T, byte>(numbers),
            TensorElementType.Bool => Array.ConvertAll(numbers, number => number != T.Zero),
            _ => throw new ModelFileException(
                input.ModelPath, $"Cannot feed '{input.ModelPath}'.", $"Its input '{input.Name}' is of {input.Type}.",
                "Models with inputs of numbers or truth values can be compared."),
        };

    /// <summary>The tensor for ONNX Runtime, over the same memory. The caller disposes it.</summary>
    public OrtValue ToOrtValue() => Entries switch
    {
        float[] entries => OrtValue.CreateTensorValueFromMemory(entries, Shape),
        double[] entries => OrtValue.CreateTensorValueFromMemory(entries, Shape),
        Float16[] entries => OrtValue.CreateTensorValueFromMemory(entries, Shape),
        long[] entries => OrtValue.CreateTensorValueFromMemory(entries, Shape),
        int[] entries => OrtValue.CreateTensorValueFromMemory(entries, Shape),
        short[] entries => OrtValue.CreateTensorValueFromMemory(entries, Shape),
        sbyte[] entries => OrtValue.CreateTensorValueFromMemory(entries, Shape),
        byte[] entries => OrtValue.CreateTensorValueFromMemory(entries, Shape),
        bool[] entries => OrtValue.CreateTensorValueFromMemory(entries, Shape),
        _ => throw new InvalidOperationException($"No input is made of {Entries.GetType().GetElementType()}."),
    };

    private static TTo[] To<T, TTo>(T[] numbers)
        where T : INumber<T>
        where TTo : INumber<TTo> => Array.ConvertAll(numbers, TTo.CreateTruncating);
}
