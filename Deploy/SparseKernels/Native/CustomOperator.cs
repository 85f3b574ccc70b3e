namespace SparseHybrid.Kernels;

/// <summary>An operator: how ONNX Runtime checks its nodes and makes kernels of them.</summary>
/// <param name="Name">Within the domain.</param>
/// <param name="Inputs">In order; those that may be left out come last.</param>
/// <param name="Create">Makes the kernel of a node.</param>
/// <param name="InferShape">Tells the output's sizes as far as they are known.</param>
internal sealed record CustomOperator(
    string Name, IReadOnlyList<OperatorInput> Inputs, Func<KernelInfo, Kernel> Create, Action<ShapeInference> InferShape);

/// <summary>An input of an operator.</summary>
/// <param name="ElementType">ONNX Runtime's number of the type: 1 float32, 2 uint8.</param>
/// <param name="IsOptional">A node may leave it out.</param>
internal readonly record struct OperatorInput(int ElementType, bool IsOptional = false)
{
    public static OperatorInput Floats => new(1);

    public static OperatorInput Bytes => new(2);

    public static OperatorInput OptionalFloats => new(1, IsOptional: true);
}
