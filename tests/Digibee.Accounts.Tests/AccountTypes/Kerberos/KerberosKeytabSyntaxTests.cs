using System.Text;

namespace Digibee.Accounts;

public sealed class KerberosKeytabSyntaxTests
{
    private static readonly KerberosPrincipal User = new("EXAMPLE.COM", KerberosNameType.Principal, "user");
    private static readonly byte[] Key = KerberosTestKeytab.Key(32, (byte)'c');

    private static KerberosTestKeytab Keytab => new KerberosTestKeytab().Entry("EXAMPLE.COM", ["user"], 2, 18, Key);

    [Fact]
    public void Inspect_OfAKeytab_FindsNothingAndNotesTheVersion()
    {
        var inspection = Inspected(Keytab.Base64);

        inspection.Problems.Should().BeEmpty();
        inspection.Facts().Should().Equal("keyVersion=2");
    }

    [Fact]
    public void Inspect_OfLinesOfBase64_FindsNothing() => Problem(Convert.ToBase64String(Keytab.Bytes, Base64FormattingOptions.InsertLineBreaks)).Should().BeNull();

    [Fact]
    public void Inspect_OfHolesAndAnEndOfZeros_FindsNothing() => Problem(Keytab.Hole(30).Raw(0, 0, 0, 0, 0, 0).Base64).Should().BeNull();

    [Theory]
    [InlineData("c4n4ry!", "base64")]
    [InlineData("BQJjNG40cnk", "base64")]
    [InlineData("BQJj*NG4", "base64")]
    [InlineData("BQFjNG40cnk=", "0x0502")]
    [InlineData("YzRuNHJ5", "0x0502")]
    [InlineData("BQ==", "0x0502")]
    [InlineData("BQI=", "without entries")]
    [InlineData("BQIAAAAA", "without entries")]
    [InlineData("BQIA", "entry 1")]
    [InlineData("BQJjNG40cnk=", "entry 1")]
    public void Inspect_OfAnythingElse_RefusesIt(string base64, string expected) => Problem(base64).Should().Contain(expected).And.NotContain(base64);

    [Fact]
    public void Inspect_OfAKeytabThatWasCutOff_SaysWhere()
    {
        var bytes = Keytab.Entry("EXAMPLE.COM", ["user"], 3, 17, KerberosTestKeytab.Key(16, 1)).Bytes;

        for (var length = Keytab.Bytes.Length + 4; length < bytes.Length; length++)
        {
            Problem(Convert.ToBase64String(bytes, 0, length)).Should().Contain("entry 2");
        }
    }

    [Fact]
    public void Inspect_OfOthersKeysOnly_SaysSo() =>
        Problem(new KerberosTestKeytab().Entry("EXAMPLE.COM", ["USER"], 2, 18, Key).Base64).Should().Contain("no key of the account's principal").And.NotContain("USER");

    [Fact]
    public void Inspect_OfDesOnly_SaysSo() =>
        Problem(new KerberosTestKeytab().Entry("EXAMPLE.COM", ["user"], 2, 1, KerberosTestKeytab.Key(8, 1)).Base64).Should().Contain("no type that is used here");

    [Fact]
    public void Inspect_OfRc4Only_AsksForAllowRc4()
    {
        var base64 = new KerberosTestKeytab().Entry("EXAMPLE.COM", ["user"], 2, 23, KerberosTestKeytab.Key(16, 1)).Base64;

        Problem(base64).Should().Contain("AllowRc4");
        Inspected(base64, allowRc4: true).Problems.Should().BeEmpty();
    }

    private static string? Problem(string base64) => Inspected(base64).Problems.SingleOrDefault()?.Message;

    private static AccountInspection Inspected(string base64, bool allowRc4 = false)
    {
        var inspection = new AccountInspection(new AccountLimits());
        KerberosKeytabSyntax.Inspect(Encoding.UTF8.GetBytes(base64), User, allowRc4, inspection, "Keytab");
        return inspection;
    }
}
