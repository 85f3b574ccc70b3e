namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>samples/TrainAndDeploy run once on small images, with the models that it leaves.</summary>
public sealed class DeployedSample : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public DeployedSample() => Output = SamplePrograms.Run("TrainAndDeploy", "6", SmallImages.Write(folder["data"], training: 2560), folder["models"]);

    /// <summary>What it printed.</summary>
    public string Output { get; }

    /// <summary>One of its models.</summary>
    public string Model(string form) => Path.Combine(folder["models"], $"{form}.onnx");

    public void Dispose() => folder.Dispose();
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(Name)]
public sealed class DeployedSampleTests : ICollectionFixture<DeployedSample>
{
    /// <summary>What the collection is called.</summary>
    public const string Name = "deployed sample";
}
