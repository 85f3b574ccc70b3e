using SparseHybrid.Runs;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Tests.Runs;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Everything_comes_back()
    {
        using var checkpoint = Make(step: 5);
        checkpoint.Save(folder.File("file"));
        using var read = Checkpoint.Load(folder.File("file"));

        Assert.Equal(checkpoint.Options, read.Options);
        Assert.Equal(checkpoint.Position with { Epochs = [] }, read.Position with { Epochs = [] });
        Assert.Equal(checkpoint.Position.Epochs, read.Position.Epochs);
        Assert.Equal(TensorBits.Of(checkpoint.Tensors["model.a"]), TensorBits.Of(read.Tensors["model.a"]));
        Assert.Equal(["a"], read.TensorsUnder("model.").Keys);
    }

    [Fact]
    public void A_flipped_bit_is_found_wherever_it_is()
    {
        using var checkpoint = Make(step: 5);
        checkpoint.Save(folder.File("file"));
        var bytes = File.ReadAllBytes(folder.File("file"));
        for (var position = 0; position < bytes.Length; position++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[position] ^= (byte)(1 << (position % 8));
            folder.Write("file", damaged);
            Assert.Throws<CheckpointException>(() => Checkpoint.Load(folder.File("file")).Dispose());
        }
    }

    [Fact]
    public void Weights_are_not_a_checkpoint()
    {
        Safetensors.Write(folder.File("file"), new Dictionary<string, torch.Tensor> { ["a"] = torch.ones([1]) });

        Assert.Contains("is not a checkpoint", Assert.Throws<CheckpointException>(() => Checkpoint.Load(folder.File("file"))).Message);
    }

    [Fact]
    public void A_newer_format_says_which_it_is()
    {
        var metadata = new Dictionary<string, string> { ["sparsehybrid.checkpoint"] = "99" };
        Safetensors.Write(folder.File("file"), new Dictionary<string, torch.Tensor>(), metadata);

        Assert.Contains("format version 99", Assert.Throws<CheckpointException>(() => Checkpoint.Load(folder.File("file"))).Message);
    }

    [Fact]
    public void Only_the_newest_checkpoints_are_kept()
    {
        var store = new CheckpointStore(folder.File("checkpoints"));
        foreach (var step in new[] { 2, 9, 10, 100 })
        {
            using var checkpoint = Make(step);
            store.Save(checkpoint, kept: 2);
        }

        Assert.Equal(["step-0000000010.safetensors", "step-0000000100.safetensors"], store.Paths.Select(path => Path.GetFileName(path)));
        using var newest = store.LoadNewest();
        Assert.Equal(100, newest.Position.Step);
    }

    [Fact]
    public void A_damaged_checkpoint_is_named_and_the_one_before_it_used()
    {
        var store = SaveSteps(1, 2);
        File.WriteAllBytes(store.Paths[1], File.ReadAllBytes(store.Paths[1])[..^1]);
        var damaged = new List<CheckpointException>();
        using var newest = store.LoadNewest(passedOver: damaged.Add);

        Assert.Equal(1, newest.Position.Step);
        Assert.Equal(store.Paths[1], Assert.Single(damaged).Path);
    }

    [Fact]
    public void A_checkpoint_that_does_not_fit_is_passed_over_like_a_damaged_one()
    {
        var store = SaveSteps(1, 2);
        var passedOver = new List<CheckpointException>();

        using var newest = store.LoadNewest(RefuseStep2, passedOver.Add);

        Assert.Equal(1, newest.Position.Step);
        Assert.Equal(store.Paths[1], Assert.Single(passedOver).Path);

        static void RefuseStep2(Checkpoint found)
        {
            if (found.Position.Step == 2)
            {
                throw new CheckpointException(found.Path!, "It is foreign.", "It is of another run.", "Remove it.");
            }
        }
    }

    [Fact]
    public void When_none_is_whole_the_error_counts_them_and_tells_of_the_newest()
    {
        var store = SaveSteps(1, 2);
        foreach (var path in store.Paths)
        {
            File.WriteAllBytes(path, []);
        }

        var error = Assert.Throws<CheckpointException>(() => store.LoadNewest());

        Assert.Contains("None of the 2 checkpoints", error.Message);
        Assert.Contains(store.Paths[1], error.Message);
    }

    [Fact]
    public void Damaged_checkpoints_of_later_steps_do_not_push_out_good_ones()
    {
        var store = SaveSteps(1);
        folder.Write("checkpoints/step-0000000009.safetensors", [1]);
        using var checkpoint = Make(2);

        store.Save(checkpoint, kept: 1);

        using var newest = store.LoadNewest(passedOver: _ => { });
        Assert.Equal(2, newest.Position.Step);
    }

    [Theory]
    [InlineData("position")]
    [InlineData("options")]
    public void Settings_and_position_that_cannot_be_read_are_damage_also_where_the_checksum_is_right(string key)
    {
        using var checkpoint = Make(step: 5);
        checkpoint.Save(folder.File("file"));
        foreach (var text in new[] { "null", "", "{}", "[]", "7" })
        {
            ForgedCheckpoint.Rewrite(folder.File("file"), metadata => metadata[key] = text);

            Assert.Contains("is damaged", Assert.Throws<CheckpointException>(() => Checkpoint.Load(folder.File("file"))).Message);
        }
    }

    [Fact]
    public void Without_a_checkpoint_there_is_nothing_to_resume() =>
        Assert.Contains("holds no checkpoint", Assert.Throws<CheckpointException>(() => new CheckpointStore(folder.Path).LoadNewest()).Message);

    private CheckpointStore SaveSteps(params long[] steps)
    {
        var store = new CheckpointStore(folder.File("checkpoints"));
        foreach (var step in steps)
        {
            using var checkpoint = Make(step);
            store.Save(checkpoint, kept: steps.Length);
        }

        return store;
    }

    private static Checkpoint Make(long step) => new(
        new TrainingPosition(step, Epoch: 1, Batch: 3, ElapsedSeconds: 0.5, [RunRecords.Epoch(1)]),
        new SparseTrainerOptions { Epochs = 2 },
        new Dictionary<string, torch.Tensor> { ["model.a"] = torch.tensor([1f, float.NaN, -0f]), ["trainer.b"] = torch.tensor(7L) });
}
