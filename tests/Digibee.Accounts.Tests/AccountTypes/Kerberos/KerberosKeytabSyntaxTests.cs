using System.Text;

namespace Digibee.Accounts;

public sealed class KerberosKeytabSyntaxTests
{
    [Theory]
    [InlineData("BQIA")]
    [InlineData("BQJjNG40cnk=")]
    [InlineData("BQJj\nNG40\r\ncnk=\n")]
    public void Inspect_OfAKeytab_FindsNothing(string base64) => Problem(base64).Should().BeNull();

    [Theory]
    [InlineData("c4n4ry!", "base64")]
    [InlineData("BQJjNG40cnk", "base64")]
    [InlineData("BQJj*NG4", "base64")]
    [InlineData("BQI=", "0x0502")]
    [InlineData("BQFjNG40cnk=", "0x0502")]
    [InlineData("YzRuNHJ5", "0x0502")]
    public void Inspect_OfAnythingElse_RefusesIt(string base64, string expected) => Problem(base64).Should().Contain(expected).And.NotContain(base64);

    private static string? Problem(string base64)
    {
        var inspection = new AccountInspection(new AccountLimits());
        KerberosKeytabSyntax.Inspect(Encoding.UTF8.GetBytes(base64), inspection, "Keytab");
        return inspection.Problems.SingleOrDefault()?.Message;
    }
}
