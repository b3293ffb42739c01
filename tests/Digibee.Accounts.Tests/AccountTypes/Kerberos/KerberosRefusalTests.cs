namespace Digibee.Accounts;

public sealed class KerberosRefusalTests
{
    public static TheoryData<int> Codes => [.. Enumerable.Range(0, 100)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Of_EachCode_IsATypedErrorWithWordsForAPerson(int code)
    {
        foreach (var error in new[] { KerberosRefusal.OfAs("a", (KerberosErrorCode)code), KerberosRefusal.OfTgs("a", (KerberosErrorCode)code, "web.example"), KerberosRefusal.OfTgs("a", (KerberosErrorCode)code, host: null) })
        {
            error.AccountName.Should().Be("a");
            error.Message.Should().Contain("account 'a'").And.EndWith(".");
            error.IsTransient.Should().Be(code is 60 or 29);
            (error is AccountUnavailableException).Should().Be(error.IsTransient);
        }
    }

    [Theory]
    [InlineData(1, "has expired")]
    [InlineData(6, "Principal")]
    [InlineData(7, "KeyDistributionCenters")]
    [InlineData(12, "policy")]
    [InlineData(18, "locked")]
    [InlineData(23, "password has expired")]
    [InlineData(24, "Write a new keytab")]
    [InlineData(37, "clocks")]
    [InlineData(14, "AllowRc4")]
    [InlineData(68, "another realm")]
    [InlineData(77, "Kerberos error 77")]
    public void OfAs_ACode_SaysWhatToDo(int code, string says) => KerberosRefusal.OfAs("a", (KerberosErrorCode)code).Message.Should().Contain(says);

    [Fact]
    public void OfTgs_AnUnknownService_NamesTheHostUnlessTheAccountNamedIt()
    {
        KerberosRefusal.OfTgs("a", KerberosErrorCode.ServiceUnknown, "web.example").Message.Should().Contain("HTTP/web.example").And.Contain("ServicePrincipal");
        KerberosRefusal.OfTgs("a", KerberosErrorCode.ServiceUnknown, host: null).Message.Should().Contain("the service of ServicePrincipal");
    }
}
