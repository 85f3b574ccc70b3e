namespace TorchSharp.Lite.Tests.Conformance;

/// <summary>A test that needs the list of the official API, and says so where it is not at hand.</summary>
internal sealed class ApiListFactAttribute : FactAttribute
{
    internal const string WhySkipped =
        "The list of the official TorchSharp API is not at hand; set TORCHSHARP_API_LIST to torchsharp-0.107-api.txt.";

    public ApiListFactAttribute()
    {
        if (OfficialApi.ListPath == null)
        {
            Skip = WhySkipped;
        }
    }
}
