using Google.Protobuf;
using Onnx;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

/// <summary>Models that cannot be what they say: two lines with what to do, exit status 1, and nothing under the final name.</summary>
public sealed class BadModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("no letter", "not a readable ONNX model", "export or copy it again")]
    [InlineData("empty", "The file is empty", "again")]
    [InlineData("cut short", "cut short", "export or copy it again")]
    [InlineData("absent", "does not exist", ".onnx file")]
    [InlineData("of the future", "version 99 of the ONNX operators; this build knows 7 to 26", "operator set 26 or older")]
    [InlineData("of the past", "version 5", "newer operator set")]
    [InlineData("with a wrong shape", "Tensor 'weight' of shape [2, 3] has the wrong number of bytes: 16 where 24 belong", "again")]
    [InlineData("without its data", "weights.bin', which is not there", "all of its data files")]
    [InlineData("with short data", "which has 15", "all of its data files")]
    [InlineData("reaching out", "'../weights.bin', which is not below the model's own folder", "people you trust")]
    public void A_model_that_cannot_be_read_is_refused_with_what_to_do(string what, string why, string fix)
    {
        var path = Write(what);
        SparseProcess.Run("inspect", path).Refused(1, path, why, fix);
    }

    [Theory]
    [InlineData("of the future", "version 99")]
    [InlineData("without its data", "weights.bin', which is not there")]
    [InlineData("with unknown operators", "Frobnicate", "operators of the ONNX standard")]
    [InlineData("with layers that do not fit", "ShapeInferenceError")]
    public void A_model_that_cannot_be_run_is_not_timed(string what, params string[] words)
    {
        var path = Write(what);
        SparseProcess.Run("bench", path).Refused(1, [path, .. words]);
    }

    [Theory]
    [InlineData("of the past", "version 5")]
    [InlineData("cut short", "cut short")]
    [InlineData("reaching out", "not below the model's own folder")]
    [InlineData("with unknown operators", "Frobnicate", "operators of the ONNX standard")]
    [InlineData("with layers that do not fit", "ShapeInferenceError")]
    public void A_model_that_cannot_be_run_is_not_optimised(string what, params string[] words)
    {
        var path = Write(what);
        var before = folder.Contents;
        SparseProcess.Run("optimize", path, "--out", folder["out.onnx"]).Refused(1, [path, .. words]);
        Assert.Equal(before, folder.Contents);
    }

    [Theory]
    [InlineData("with unknown operators")]
    [InlineData("with layers that do not fit")]
    public void What_ONNX_Runtime_cannot_run_is_looked_at_all_the_same(string what)
    {
        var found = SparseProcess.Run("inspect", Write(what), "--json").Done().Json;
        Assert.Equal(1, found.GetProperty("layers").GetArrayLength());
        Assert.Contains("ONNX Runtime cannot run it", found.GetProperty("remarks")[0].GetString());
    }

    public void Dispose() => folder.Dispose();

    private string Write(string what)
    {
        var path = folder[$"{what}.onnx"];
        var model = Model();
        var weight = model.Graph.Initializer[0];
        switch (what)
        {
            case "no letter": File.WriteAllText(path, "This is a letter, not a network."); return path;
            case "empty": File.WriteAllBytes(path, []); return path;
            case "cut short": File.WriteAllBytes(path, model.ToByteArray()[..^20]); return path;
            case "absent": return path;
            case "of the future": model.OpsetImport[0].Version = 99; break;
            case "of the past": model.OpsetImport[0].Version = 5; break;
            case "with a wrong shape": weight.Dims[1] = 3; break;
            case "without its data": MoveOut("weights.bin"); break;
            case "reaching out": MoveOut("../weights.bin"); break;
            case "with short data": MoveOut("short.bin"); break;
            case "with unknown operators": model.Graph.Node[1].OpType = "Frobnicate"; break;
            default: // with layers that do not fit
                (weight.Dims[0], weight.Dims[1]) = (1, 4);
                break;
        }

        File.WriteAllBytes(path, model.ToByteArray());
        return path;

        void MoveOut(string file)
        {
            File.WriteAllBytes(folder["short.bin"], new byte[15]);
            weight.ClearRawData();
            weight.DataLocation = TensorProto.Types.DataLocation.External;
            weight.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = file });
        }
    }

    /// <summary>Two numbers in, times a matrix, and the positive of two numbers out.</summary>
    private static ModelProto Model()
    {
        var weight = new TensorProto { Name = "weight", DataType = (int)TensorProto.Types.DataType.Float, Dims = { 2L, 2L }, RawData = ByteString.CopyFrom(new byte[16]) };
        var graph = new GraphProto
        {
            Name = "model",
            Initializer = { weight },
            Input = { Value("input") },
            Output = { Value("output") },
            Node =
            {
                new NodeProto { OpType = "MatMul", Input = { "input", "weight" }, Output = { "sums" } },
                new NodeProto { OpType = "Relu", Input = { "sums" }, Output = { "output" } },
            },
        };
        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
    }

    private static ValueInfoProto Value(string name)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "batch" }, new TensorShapeProto.Types.Dimension { DimValue = 2 } } };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } } };
    }
}
