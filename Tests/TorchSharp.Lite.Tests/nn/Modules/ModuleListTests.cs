using TorchSharp.Modules;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class ModuleListTests
{
    [Fact]
    public void Modules_are_registered_under_their_positions()
    {
        using ModuleList<Linear> list = torch.nn.ModuleList(torch.nn.Linear(1, 2), torch.nn.Linear(2, 3));
        list.append(torch.nn.Linear(3, 4, hasBias: false));

        Assert.Equal(3, list.Count);
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "2.weight"], list.state_dict().Keys);
        Assert.Equal([2L, 3L, 4L], list.Select(layer => layer.out_features));
    }

    [Fact]
    public void A_change_in_the_middle_renames_what_follows()
    {
        using Linear removed = torch.nn.Linear(5, 5);
        using ModuleList<torch.nn.Module> list = torch.nn.ModuleList(torch.nn.ReLU(), removed, torch.nn.Tanh());

        Assert.True(list.Remove(removed));
        list.Insert(0, torch.nn.Linear(1, 1));

        Assert.Equal(["0", "1", "2"], list.named_children().Select(child => child.Item1));
        Assert.Equal(["Linear", "ReLU", "Tanh"], list.children().Select(child => child.GetName()));
        Assert.Equal(["0.weight", "0.bias"], list.state_dict().Keys);
        list.Clear();
        Assert.Empty(list.children());
    }
}
