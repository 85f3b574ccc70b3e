using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SparseHybrid.Runs;
using SparseHybrid.Tests.Support;
using TorchSharp;

namespace SparseHybrid.Tests.Runs;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Every_bit_of_every_float_comes_back() =>
        Prop.ForAll(
            Gen.Choose(int.MinValue, int.MaxValue).ArrayOf().ToArbitrary(),
            bits => // every pattern: NaN payloads, infinities, -0, subnormals
            {
                using var _ = torch.NewDisposeScope();
                var values = torch.tensor(Array.ConvertAll(bits, BitConverter.Int32BitsToSingle));
                using var read = RoundTrip(values);
                return TensorBits.Of(values).SequenceEqual(TensorBits.Of(read.Tensors["tensor"]));
            })
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(torch.ScalarType.Float64)]
    [InlineData(torch.ScalarType.Float32)]
    [InlineData(torch.ScalarType.Float16)]
    [InlineData(torch.ScalarType.BFloat16)]
    [InlineData(torch.ScalarType.Int64)]
    [InlineData(torch.ScalarType.Int32)]
    [InlineData(torch.ScalarType.Int16)]
    [InlineData(torch.ScalarType.Int8)]
    [InlineData(torch.ScalarType.Byte)]
    [InlineData(torch.ScalarType.Bool)]
    public void Every_type_and_shape_comes_back(torch.ScalarType type)
    {
        var values = torch.tensor([0f, 1f, 0f, 3f, 4f, 5f]).to(type);
        foreach (long[] shape in new long[][] { [6], [2, 3], [1, 3, 2, 1] })
        {
            using var read = RoundTrip(values.reshape(shape));
            Assert.Equal(type, read.Tensors["tensor"].dtype);
            Assert.Equal(shape, read.Tensors["tensor"].shape);
            Assert.Equal(TensorBits.Of(values), TensorBits.Of(read.Tensors["tensor"]));
        }
    }

    [Fact]
    public void Scalars_and_empty_tensors_come_back()
    {
        using var scalar = RoundTrip(torch.tensor(7L));
        using var empty = RoundTrip(torch.zeros([0, 3]));

        Assert.Equal([], scalar.Tensors["tensor"].shape);
        Assert.Equal(7L, scalar.Tensors["tensor"].item<long>());
        Assert.Equal([0, 3], empty.Tensors["tensor"].shape);
    }

    [Fact]
    public void A_transposed_tensor_is_written_row_by_row()
    {
        using var read = RoundTrip(torch.tensor([1f, 2f, 3f, 4f, 5f, 6f]).reshape(2, 3).transpose(0, 1));

        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], read.Tensors["tensor"].data<float>().ToArray());
    }

    [Fact]
    public void Metadata_comes_back()
    {
        var path = folder.File("file");
        var metadata = new Dictionary<string, string> { ["a"] = "{\"quoted\": \"äö\"}", ["b"] = "" };
        Safetensors.Write(path, new Dictionary<string, torch.Tensor>(), metadata);
        using var read = Safetensors.Read(path);

        Assert.Equal(metadata, read.Metadata);
        Assert.Empty(read.Tensors);
    }

    [Fact]
    public void The_file_is_laid_out_as_the_format_says()
    {
        var path = folder.File("file");
        Safetensors.Write(path, new Dictionary<string, torch.Tensor>
        {
            ["small"] = torch.tensor(new byte[] { 7, 8 }),
            ["weight"] = torch.tensor([1f, -2f]),
        });

        var bytes = File.ReadAllBytes(path);
        var header = JsonDocument.Parse(bytes.AsMemory(8, (int)BinaryPrimitives.ReadInt64LittleEndian(bytes))).RootElement;
        var data = bytes.AsSpan(8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes));
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8);
        Assert.Equal("""{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", header.GetProperty("weight").GetRawText());
        Assert.Equal("""{"dtype":"U8","shape":[2],"data_offsets":[8,10]}""", header.GetProperty("small").GetRawText());
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 7, 8], data.ToArray());
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "does not take the 4 bytes")]
    [InlineData("""{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", "F31")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", "cannot be")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "cannot be")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "cannot be")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "8 follow the header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1152921504606846976,16],"data_offsets":[0,8]}}""", "does not take")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,1152921504606846976,16],"data_offsets":[0,0]}}""", "does not take")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "not valid")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "not valid")]
    [InlineData("""{"a":7}""", "not valid")]
    [InlineData("""{"__metadata__":{"a":1}}""", "not valid")]
    [InlineData("""[]""", "does not begin")]
    [InlineData("""{"a":""", "not valid")]
    [InlineData("", "does not begin")]
    public void A_header_that_breaks_a_rule_is_refused(string header, string complaint)
    {
        var path = folder.Write("file", WithHeader(header, new byte[8]));

        var error = Assert.Throws<CheckpointException>(() => Safetensors.Read(path));

        Assert.Contains(complaint, error.Message);
        Assert.Contains(path, error.Message);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var path = folder.File("file");
        Safetensors.Write(path, new Dictionary<string, torch.Tensor> { ["a"] = torch.ones([3]) });
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.Length; length++)
        {
            folder.Write("file", bytes.AsSpan(0, length));
            Assert.Throws<CheckpointException>(() => Safetensors.Read(path));
        }

        folder.Write("file", [.. bytes, 0]);
        Assert.Throws<CheckpointException>(() => Safetensors.Read(path));
    }

    [Fact]
    public void A_header_length_beyond_the_file_is_refused_without_reserving_it()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, ulong.MaxValue);
        var path = folder.Write("file", bytes);

        Assert.Contains("18446744073709551615", Assert.Throws<CheckpointException>(() => Safetensors.Read(path)).Message);
    }

    [Fact]
    public void A_refused_file_leaves_no_tensor_behind()
    {
        var path = folder.Write("file", WithHeader("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", new byte[8]));
        var before = torch.Tensor.TotalCount;

        Assert.Throws<CheckpointException>(() => Safetensors.Read(path));

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private SafetensorsContents RoundTrip(torch.Tensor tensor)
    {
        var path = folder.File("file");
        Safetensors.Write(path, new Dictionary<string, torch.Tensor> { ["tensor"] = tensor });
        return Safetensors.Read(path);
    }

    private static byte[] WithHeader(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + json.Length);
        return bytes;
    }
}
