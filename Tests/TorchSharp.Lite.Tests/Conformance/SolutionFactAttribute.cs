namespace TorchSharp.Lite.Tests.Conformance;

/// <summary>A test that needs the list of the official API and the solution's assemblies, and says which is missing.</summary>
internal sealed class SolutionFactAttribute : FactAttribute
{
    private static readonly string[] Projects =
    [
        "Optim.FSharp/SparseHybrid.Optim", "Sparse.CSharp/SparseHybrid.Training", "Deploy/SparseHybrid.Deploy", "Sparse.Cli/sparse",
    ];

    public SolutionFactAttribute()
    {
        string missing = Assemblies.FirstOrDefault(assembly => !File.Exists(assembly));
        Skip = OfficialApi.ListPath == null ? ApiListFactAttribute.WhySkipped
            : missing != null ? $"The solution is not built: {missing} is missing."
            : null;
    }

    /// <summary>The assemblies of the solution in the configuration that these tests were built in.</summary>
    internal static IEnumerable<string> Assemblies
    {
        get
        {
            string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
            return Projects.Select(project => project.Split('/'))
                .Select(parts => Path.Combine(Repository.Root, "artifacts", "bin", parts[0], configuration, parts[1] + ".dll"));
        }
    }
}
