using System.Text.Json;
using SparseHybrid.Models;
using SparseHybrid.Runs;

namespace SparseHybrid.Tests.Models;

public sealed class ModelDescriptionTests
{
    [Fact]
    public void A_description_comes_back_from_json()
    {
        var description = new ModelDescription("mlp", 10, [1, 28, 28]) { Settings = new ModelSettings { HiddenWidths = [20, 30], Width = 1 } };

        var read = JsonSerializer.Deserialize<ModelDescription>(JsonSerializer.Serialize(description, RunJson.Indented), RunJson.Indented)!;

        Assert.Equal(("mlp", 10), (read.Name, read.Classes));
        Assert.Equal([1, 28, 28], read.InputShape);
        Assert.Equal([20, 30], read.Settings.HiddenWidths!);
    }

    [Fact]
    public void Records_from_before_there_were_settings_still_open()
    {
        var read = JsonSerializer.Deserialize<ModelDescription>("""{"name":"lenet-5","classes":10,"inputShape":[1,28,28]}""", RunJson.Indented)!;

        Assert.Equal(new ModelSettings(), read.Settings);
    }
}
