using System.Reflection;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.EndToEnd.Tests.Harness;
using SparseHybrid.Optim;
using SparseHybrid.Training;

namespace SparseHybrid.EndToEnd.Tests.Packages;

/// <summary>
/// What users of the packages may call is listed beside this file, so that a change of it is seen, and made on purpose. TorchSharp.Lite
/// and the binding of ONNX Runtime are not listed: theirs is the API of others.
/// </summary>
public sealed class PublicApiTests
{
    private const string HowToAccept = "SPARSE_PUBLIC_API=accept dotnet test Tests/EndToEnd.Tests -c Release --filter PublicApiTests";

    private const int LinesShown = 20;

    private static readonly bool IsAccepted = Environment.GetEnvironmentVariable("SPARSE_PUBLIC_API") == "accept";

    public static TheoryData<string> Packages => ["SparseHybrid.Deploy", "SparseHybrid.Kernels", "SparseHybrid.Optim", "SparseHybrid.Training"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_API_is_the_one_that_is_listed(string package)
    {
        var list = Repository.File($"Tests/EndToEnd.Tests/Packages/PublicApi/{package}.txt");
        string[] found = [.. PublicApi.Of(AssemblyOf(package))];
        if (IsAccepted)
        {
            File.WriteAllLines(list, found);
        }

        var listed = File.ReadAllLines(list);
        var changes = Lines("- ", WithTypes(listed).Except(WithTypes(found))).Concat(Lines("+ ", WithTypes(found).Except(WithTypes(listed)))).ToList();
        var shown = string.Join('\n', changes.Take(LinesShown)) + (changes.Count > LinesShown ? $"\nand {changes.Count - LinesShown} more" : "");
        Assert.True(
            listed.SequenceEqual(found),
            $"The public API of {package} is not the one in {Path.GetRelativePath(Repository.Root, list)}:\n{shown}\n"
            + $"Lines with - break users of released packages: that takes a new version. If it is meant, accept it: {HowToAccept}");
    }

    private static Assembly AssemblyOf(string package) => package switch
    {
        "SparseHybrid.Deploy" => typeof(ModelReport).Assembly,
        "SparseHybrid.Kernels" => typeof(Kernels.SparseKernels).Assembly,
        "SparseHybrid.Optim" => typeof(Regularizer).Assembly,
        _ => typeof(SparseTrainer).Assembly,
    };

    private static IEnumerable<string> Lines(string mark, IEnumerable<string> lines) => lines.Select(line => mark + line);

    // Each member with its type before it, so that a line says all.
    private static IEnumerable<string> WithTypes(IEnumerable<string> lines)
    {
        var type = "";
        foreach (var line in lines)
        {
            var isMember = line.StartsWith(' ');
            type = isMember ? type : line.Split(" : ")[0];
            yield return isMember ? $"{type}: {line.Trim()}" : line;
        }
    }
}
