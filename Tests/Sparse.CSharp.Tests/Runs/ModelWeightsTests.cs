using SparseHybrid.Runs;
using SparseHybrid.Tests.Support;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Runs;

public sealed class ModelWeightsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Parameters_and_buffers_have_the_names_of_a_state_dict()
    {
        ModelWeights.Save(Network(seed: 1), folder.File("file"));
        using var contents = Safetensors.Read(folder.File("file"));

        string[] names = ["bn.bias", "bn.num_batches_tracked", "bn.running_mean", "bn.running_var", "bn.weight", "conv.weight"];
        Assert.Equal(names, contents.Tensors.Keys.Order());
        Assert.Equal(torch.ScalarType.Int64, contents.Tensors["bn.num_batches_tracked"].dtype);
        Assert.Equal([], contents.Tensors["bn.num_batches_tracked"].shape);
    }

    [Fact]
    public void What_was_saved_is_loaded_bit_for_bit_without_a_remark()
    {
        var (saved, loaded) = (Network(seed: 1), Network(seed: 2));
        saved.call(torch.ones([2, 1, 4, 4])); // moves the running statistics

        ModelWeights.Save(saved, folder.File("file"));

        Assert.Empty(ModelWeights.Load(loaded, folder.File("file")));
        Assert.Equal(Bits(saved), Bits(loaded));
    }

    [Theory]
    [InlineData(torch.ScalarType.Float64)]
    [InlineData(torch.ScalarType.Float16)]
    [InlineData(torch.ScalarType.BFloat16)]
    public void Other_floating_types_are_rounded_and_that_is_said(torch.ScalarType type)
    {
        var (saved, loaded) = (Network(seed: 1), Network(seed: 2));
        var tensors = ModelWeights.Of(saved).ToDictionary(item => item.Key, item => item.Value.is_floating_point() ? item.Value.to(type) : item.Value);
        Safetensors.Write(folder.File("file"), tensors);

        var remark = Assert.Single(ModelWeights.Load(loaded, folder.File("file")));

        Assert.Equal($"5 tensors were converted from {type} to Float32.", remark);
        Assert.All(ModelWeights.Of(loaded), item => Assert.Equal(TensorBits.Of(tensors[item.Key].to(item.Value.dtype)), TensorBits.Of(item.Value)));
    }

    [Fact]
    public void A_number_beyond_float32_is_refused_by_name_and_the_network_unchanged()
    {
        var network = Network(seed: 2);
        var before = Bits(network);
        var tensors = ModelWeights.Of(Network(seed: 1));
        tensors["bn.bias"] = torch.tensor([1e300, 0], dtype: torch.ScalarType.Float64);
        Safetensors.Write(folder.File("file"), tensors);

        var error = Assert.Throws<CheckpointException>(() => ModelWeights.Load(network, folder.File("file")));

        Assert.Contains("'bn.bias' is Float64", error.Message);
        Assert.Equal(before, Bits(network));
    }

    [Fact]
    public void Missing_batch_counters_and_the_prefix_of_parallel_training_are_allowed_for()
    {
        var (saved, loaded) = (Network(seed: 1), Network(seed: 2));
        var tensors = ModelWeights.Of(saved).Where(item => !item.Key.EndsWith("tracked", StringComparison.Ordinal));
        Safetensors.Write(folder.File("file"), tensors.ToDictionary(item => $"module.{item.Key}", item => item.Value));

        var remarks = ModelWeights.Load(loaded, folder.File("file"));

        Assert.Equal(2, remarks.Count);
        Assert.Equal(Bits(saved), Bits(loaded));
    }

    [Theory]
    [InlineData("bn.bias", "extra", "It lacks bn.bias")]
    [InlineData(null, "extra", "It has extra")]
    [InlineData("bn.bias", "bn.bias", "[3] Float32; the model's is [2] Float32")]
    public void Weights_that_do_not_fit_are_refused_by_name(string? removed, string added, string complaint)
    {
        var tensors = ModelWeights.Of(Network(seed: 1));
        if (removed is not null)
        {
            tensors.Remove(removed);
        }

        tensors.Add(added, torch.zeros([3]));
        Safetensors.Write(folder.File("file"), tensors);

        Assert.Contains(complaint, Assert.Throws<CheckpointException>(() => ModelWeights.Load(Network(seed: 2), folder.File("file"))).Message);
    }

    private static Module<torch.Tensor, torch.Tensor> Network(long seed)
    {
        torch.manual_seed(seed);
        return Sequential(("conv", Conv2d(1, 2, 3, bias: false)), ("bn", BatchNorm2d(2)));
    }

    private static string Bits(torch.nn.Module network) =>
        string.Join('\n', ModelWeights.Of(network).Select(item => $"{item.Key} {Convert.ToHexString(TensorBits.Of(item.Value))}"));
}
