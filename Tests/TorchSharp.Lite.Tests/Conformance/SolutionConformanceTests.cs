namespace TorchSharp.Lite.Tests.Conformance;

public class SolutionConformanceTests
{
    [SolutionFact]
    public void The_solution_calls_nothing_that_official_TorchSharp_lacks()
    {
        OfficialApi official = OfficialApi.Read();
        (string Type, string Member)[] used = [.. SolutionFactAttribute.Assemblies.SelectMany(TorchReferences.Of).Distinct()];

        Assert.NotEmpty(used);
        string[] unknown =
        [
            .. from reference in used
               where !IsOfficial(official, reference.Type, reference.Member)
               select $"{reference.Type} {reference.Member}",
        ];
        Assert.Empty(unknown);
    }

    [ApiListFact]
    public void Members_are_found_by_the_names_that_compiled_code_uses()
    {
        OfficialApi official = OfficialApi.Read();
        Assert.True(IsOfficial(official, "TorchSharp.torch+Tensor", "get_shape"));
        Assert.True(IsOfficial(official, "TorchSharp.torch+Tensor", "get_TensorItems"));
        Assert.True(IsOfficial(official, "TorchSharp.torch+Tensor", "item"));
        Assert.True(IsOfficial(official, "TorchSharp.torch+Size", ".ctor"));
        Assert.True(IsOfficial(official, "TorchSharp.torch", "CPU"));
        Assert.True(IsOfficial(official, "TorchSharp.torch", "get_rng_state"));
        Assert.True(IsOfficial(official, "TorchSharp.torch+ScalarType", "Float32"));
        Assert.False(IsOfficial(official, "TorchSharp.torch+Tensor", "FromHandle"));
        Assert.False(IsOfficial(official, "TorchSharp.torch+Tensor", "set_shape_"));
        Assert.False(IsOfficial(official, "TorchSharp.Native", "Check"));
    }

    private static bool IsOfficial(OfficialApi official, string type, string member)
    {
        Type used = typeof(torch).Assembly.GetType(type);
        return used != null && official.HasType(ApiText.Name(used)) && official.HasName(ApiText.Name(used), member);
    }
}
