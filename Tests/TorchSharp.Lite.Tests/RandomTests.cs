namespace TorchSharp.Lite.Tests;

public class RandomTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        torch.manual_seed(5);
        double[] first = Draw();
        torch.random.manual_seed(5);
        Assert.Equal(first, Draw());
        Assert.NotEqual(first, Draw());
        torch.manual_seed(6);
        Assert.NotEqual(first, Draw());
        Assert.Equal(6, torch.initial_seed());
    }

    [Fact]
    public void A_saved_state_continues_where_it_was()
    {
        torch.manual_seed(1);
        Draw();
        torch.Tensor state = torch.random.get_rng_state();
        double[] expected = Draw();
        Draw();
        torch.random.set_rng_state(state);
        Assert.Equal(expected, Draw());
    }

    [Fact]
    public void A_generator_has_a_state_of_its_own()
    {
        using torch.Generator generator = new(9);
        torch.Tensor first = torch.rand(4, generator: generator);
        torch.manual_seed(0);
        torch.rand(100);
        Assert.False(first.Equals(torch.rand(4, generator: generator)));
        generator.manual_seed(9);
        Assert.True(first.Equals(torch.rand(4, generator: generator)));
        torch.Tensor state = generator.get_state();
        torch.Tensor next = torch.randperm(50, generator: generator);
        generator.set_state(state);
        Assert.True(next.Equals(torch.randperm(50, generator: generator)));
        Assert.Equal(9, generator.initial_seed());
    }

    [Fact]
    public void Distributions_have_their_means()
    {
        torch.manual_seed(3);
        const long Count = 100_000;
        Assert.Equal(0.5, torch.rand(Count).mean().item<float>(), 0.01);
        Assert.Equal(0, torch.randn(Count).mean().item<float>(), 0.02);
        Assert.Equal(1, torch.randn(Count).std().item<float>(), 0.02);
        torch.Tensor x = torch.empty(Count);
        Assert.Equal(3, x.uniform_(2, 4).mean().item<float>(), 0.02);
        Assert.Equal(2, x.normal_(2, 0.5).mean().item<float>(), 0.02);
        Assert.Equal(0.25, x.exponential_(4).mean().item<float>(), 0.01);
        Assert.Equal(0.3, x.bernoulli_(0.3).mean().item<float>(), 0.01);
        Assert.Equal(0.7, torch.full([Count], 0.7).bernoulli().mean().item<float>(), 0.01);
        Assert.Equal(4.5, x.random_(0, 10).mean().item<float>(), 0.05);
        torch.Tensor whole = torch.randint(-2, 3, [Count]);
        Assert.Equal(-2, whole.min().item<long>());
        Assert.Equal(2, whole.max().item<long>());
    }

    [Fact]
    public void A_permutation_holds_each_number_once()
    {
        (torch.Tensor sorted, _) = torch.randperm(100).sort();
        Assert.True(sorted.Equals(torch.arange(100)));
        torch.Tensor drawn = torch.tensor(new[] { 0.0, 1.0, 0.0 }).multinomial(5, replacement: true);
        Entries.Equal([1, 1, 1, 1, 1], drawn);
    }

    private static double[] Draw() => Entries.Of(torch.randn(5));
}
