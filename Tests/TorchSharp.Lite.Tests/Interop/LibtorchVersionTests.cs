namespace TorchSharp.Lite.Tests.Interop;

public class LibtorchVersionTests
{
    [Theory]
    [InlineData("1.12.1", "1.12.1", "1.13 or later is needed")]
    [InlineData("0.4", "0.4.0", "1.13 or later is needed")]
    [InlineData("2.11.0+cu128", "1.13.1", "was built for 1.13.1")]
    public void A_libtorch_that_does_not_fit_is_named(string loaded, string compiled, string expected)
    {
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => LibtorchVersion.Require(loaded, Version.Parse(compiled)));
        Assert.Contains($"libtorch {loaded}", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("LIBTORCH", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.13.0", "1.13.1")]
    [InlineData("1.13.0.post3", "1.13.0")]
    [InlineData("2.11.0a0+git123", "2.11.0")]
    public void A_libtorch_that_fits_is_taken(string loaded, string compiled) => LibtorchVersion.Require(loaded, Version.Parse(compiled));
}
