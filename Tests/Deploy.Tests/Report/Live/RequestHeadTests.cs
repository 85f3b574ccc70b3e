using SparseHybrid.Deploy.Report.Live;

namespace SparseHybrid.Deploy.Tests.Report.Live;

public sealed class RequestHeadTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost:1", true)]
    [InlineData("[::1]:65535", true)]
    [InlineData("evil.example:8080", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("127.0.0.1:8080.evil.example", false)]
    [InlineData("localhost.evil.example:80", false)]
    [InlineData("localhost:", false)]
    [InlineData("user@localhost", false)]
    [InlineData("192.168.1.2:8080", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("", false)]
    public void Only_the_names_of_the_own_machine_are_for_this_machine(string host, bool isForThisMachine) =>
        Assert.Equal(isForThisMachine, Parse($"Host: {host}").IsForThisMachine);

    [Fact]
    public void Without_a_host_or_with_two_it_is_not_for_this_machine()
    {
        Assert.False(Parse("Accept: */*").IsForThisMachine);
        Assert.False(Parse("Host: localhost\r\nhost: localhost").IsForThisMachine);
    }

    [Theory]
    [InlineData("http://localhost:8080", false)]
    [InlineData("http://localhost:8081", true)]
    [InlineData("https://localhost:8080", true)]
    [InlineData("http://evil.example", true)]
    [InlineData("null", true)]
    public void Another_origin_is_from_elsewhere(string origin, bool isFromElsewhere) =>
        Assert.Equal(isFromElsewhere, Parse($"Host: localhost:8080\r\nOrigin: {origin}").IsFromElsewhere);

    [Theory]
    [InlineData("")]
    [InlineData("GET /")]
    [InlineData("GET / HTTP/2.0")]
    [InlineData("GET /a b HTTP/1.1")]
    [InlineData("\u0016\u0003\u0001")]
    public void What_is_no_request_line_is_no_request(string line) => Assert.Null(RequestHead.Parse(line));

    private static RequestHead Parse(string headers) => RequestHead.Parse($"GET /path HTTP/1.1\r\n{headers}")!;
}
