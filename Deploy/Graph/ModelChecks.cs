using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>What must hold of a file's contents before anything is made of them.</summary>
internal static class ModelChecks
{
    /// <summary>Any run of bytes that happens to be valid Protobuf parses; these fields tell a model from an accident.</summary>
    public static void CheckHoldsGraph(string path, ModelProto model)
    {
        if (model.Graph is null || model.Graph.Output.Count == 0)
        {
            throw ModelFile.NotOnnx(path, "It holds no graph.");
        }

        if (model.OpsetImport.Count == 0)
        {
            throw ModelFile.NotOnnx(path, "It names no operator set; the file may be cut short.");
        }
    }

    public static void CheckOperatorSets(string path, ModelProto model)
    {
        if (OperatorSets.Version(model) is { } version and not (>= OperatorSets.Oldest and <= OperatorSets.Newest))
        {
            throw new ModelFileException(
                path,
                $"Cannot read '{path}'.",
                $"It asks for version {version} of the ONNX operators; this build knows {OperatorSets.Oldest} to {OperatorSets.Newest}.",
                version < OperatorSets.Oldest
                    ? "Convert it with onnx.version_converter, or export it again with a newer operator set."
                    : $"Export it again with operator set {OperatorSets.Newest} or older, or use a newer release.");
        }
    }

    /// <summary>Shapes, types and data of the tensors agree; data in other files is checked where that is read.</summary>
    public static void CheckTensors(string path, ModelProto model)
    {
        foreach (var tensor in ModelTensors.Dense(model))
        {
            if (TensorSize.Problem(tensor) is { } problem)
            {
                throw Wrong(path, tensor.Name, tensor.Dims, problem);
            }
        }
    }

    /// <summary>The positions of sparse tensors lie within them, in ascending order, one for each value.</summary>
    public static void CheckSparseTensors(string path, ModelProto model)
    {
        foreach (var tensor in ModelTensors.Sparse(model))
        {
            var problem = TensorSize.Problem(tensor.Dims) ?? (SparsePositions.TryRead(tensor) is null
                ? "is sparse, and its positions are not one for each value, within it and in ascending order"
                : null);
            if (problem is not null)
            {
                throw Wrong(path, tensor.Values?.Name ?? "", tensor.Dims, problem);
            }
        }
    }

    private static ModelFileException Wrong(string path, string tensor, IReadOnlyList<long> dimensions, string problem)
    {
        const int mostShown = 8;
        var shape = string.Join(", ", dimensions.Take(mostShown)) + (dimensions.Count > mostShown ? ", ..." : "");
        return ModelFile.NotOnnx(path, $"Tensor '{tensor}' of shape [{shape}] {problem}.");
    }
}
