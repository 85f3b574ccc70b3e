using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Onnx;

namespace SparseHybrid.Deploy.Certify;

/// <summary>
/// SHA-256 over the initializers of a model in their order, dense ones before sparse ones: of each the name, type and dimensions as
/// text ("name|type|2x3|") and its bytes. It does not depend on metadata, nor on whether tensors lie in the model or beside it.
/// </summary>
public static class WeightsHash
{
    /// <summary>The hash in lower-case hexadecimal.</summary>
    /// <param name="model">With its tensors at hand, not as external data.</param>
    public static string Of(ModelProto model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in model.Graph.Initializer.Concat(model.Graph.SparseInitializer.SelectMany(sparse => new[] { sparse.Values, sparse.Indices })))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{tensor.Name}|{tensor.DataType}|{string.Join('x', tensor.Dims)}|"));
            hash.AppendData(tensor.HasRawData ? tensor.RawData.Span : tensor.ToByteArray());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
