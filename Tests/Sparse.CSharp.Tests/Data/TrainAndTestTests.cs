using SparseHybrid.Data;
using SparseHybrid.Runs;
using TorchSharp;

namespace SparseHybrid.Tests.Data;

public sealed class TrainAndTestTests
{
    [Fact]
    public void Arrays_in_memory_become_data_that_a_record_can_describe()
    {
        using var data = TrainAndTest.InMemory(Part(6, 4, classes: 3), Part(2, 4, classes: 3), "signals");
        Assert.Equal((6, 2), (data.Train.Count, data.Test.Count));
        var description = DataDescription.Of(data);
        Assert.Equal(("signals", "", 6, 2), (description.Name, description.Folder, description.TrainingImages, description.TestImages));
    }

    [Theory]
    [InlineData(5, 3, "[5] of 3 classes")]
    [InlineData(4, 2, "[4] of 2 classes")]
    public void Parts_that_differ_are_refused_with_both_shapes(int features, int classes, string found)
    {
        using var train = Part(6, 4, classes: 3);
        using var test = Part(2, features, classes);
        var error = Assert.Throws<ArgumentException>(() => TrainAndTest.InMemory(train, test));
        Assert.Contains("[4] of 3 classes", error.Message);
        Assert.Contains(found, error.Message);
    }

    private static LabelledImages Part(int count, int features, int classes) =>
        new(torch.zeros([count, features]), torch.zeros([count], torch.ScalarType.Int64), classes);
}
