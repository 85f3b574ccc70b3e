using SparseHybrid.Data;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data;

public sealed class TrainingPartsTests
{
    [Fact]
    public void Without_wishes_all_images_are_learnt_from()
    {
        using var data = SyntheticImages.Create();
        using var parts = new TrainingParts(data.Train, 0, null, seed: 1);
        Assert.Same(data.Train, parts.ToLearn);
        Assert.Null(parts.HeldOut);
    }

    [Fact]
    public void A_small_training_set_is_drawn_by_the_seed_out_of_what_is_not_held_out()
    {
        using var data = SyntheticImages.Create();
        using var whole = new TrainingParts(data.Train, 0.25, null, seed: 3);
        using var parts = new TrainingParts(data.Train, 0.25, 20, seed: 3);
        Assert.Equal((20, whole.HeldOut!.Count), (parts.ToLearn.Count, parts.HeldOut!.Count));
        Assert.Equal(Rows(whole.HeldOut), Rows(parts.HeldOut));
        Assert.Subset(Rows(whole.ToLearn).ToHashSet(), Rows(parts.ToLearn).ToHashSet());

        using var again = new TrainingParts(data.Train, 0.25, 20, seed: 3);
        using var other = new TrainingParts(data.Train, 0.25, 20, seed: 4);
        Assert.Equal(Rows(parts.ToLearn), Rows(again.ToLearn));
        Assert.NotEqual(Rows(parts.ToLearn), Rows(other.ToLearn));
    }

    [Fact]
    public void More_images_than_there_are_cannot_be_drawn()
    {
        using var data = SyntheticImages.Create();
        Assert.Contains("there are", Assert.Throws<ArgumentException>(() => new TrainingParts(data.Train, 0, (int)data.Train.Count + 1, seed: 1)).Message);
    }

    private static List<string> Rows(LabelledImages images) =>
        [.. Enumerable.Range(0, (int)images.Count).Select(index =>
        {
            using var row = images.Inputs(index, 1);
            return string.Join(',', row.data<float>().ToArray());
        })];
}
