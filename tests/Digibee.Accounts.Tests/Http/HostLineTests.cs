namespace Digibee.Accounts;

public sealed class HostLineTests
{
    public static IEnumerable<TheoryDataRow<string>> Hosts => AwsV4Vectors.TableIds("host");

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Of_AUri_IsTheHostHeaderThatIsSent(string id)
    {
        var row = AwsV4Vectors.Row("host", id);

        HostLine.Of(new Uri(row.Text("url"))).Should().Be(row.Text("host"));
    }

    [Fact]
    public void Of_AUriInAnotherScript_IsItsIdnaForm() => HostLine.Of(new Uri("https://bücher.example:8443/")).Should().Be("xn--bcher-kva.example:8443");
}
