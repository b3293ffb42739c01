namespace Digibee.Accounts;

public sealed class KerberosPrincipalSyntaxTests
{
    [Theory]
    [InlineData("user@EXAMPLE.COM")]
    [InlineData("HTTP/web.example@EXAMPLE.COM")]
    [InlineData("a/b/c@example.com")]
    [InlineData(@"us\@er@EXAMPLE.COM")]
    [InlineData(@"us\/er@EXAMPLE.COM")]
    [InlineData(@"us\\@EXAMPLE.COM")]
    [InlineData("Jürgen@EXAMPLE.COM")]
    public void Inspect_OfAPrincipalWithItsRealm_FindsNothing(string principal) => Problem(principal, realm: null).Should().BeNull();

    [Theory]
    [InlineData("user")]
    [InlineData("HTTP/web.example")]
    public void Inspect_OfAPrincipalWithoutItsRealm_NeedsOneBesideIt(string principal)
    {
        Problem(principal, realm: null).Should().Contain("KerberosRealm");
        Problem(principal, "EXAMPLE.COM").Should().BeNull();
    }

    [Theory]
    [InlineData("@EXAMPLE.COM")]
    [InlineData("u5er@")]
    [InlineData("u5er@A@B")]
    [InlineData("user@A/B")]
    [InlineData("user@A B")]
    [InlineData("/web@A")]
    [InlineData("HTTP/@A")]
    [InlineData("HTTP/")]
    [InlineData("HTTP//web@A")]
    [InlineData(@"user\")]
    [InlineData(@"user\@A")]
    public void Inspect_OfEmptyPartsOrASecondRealm_RefusesThePrincipal(string principal) => Problem(principal, realm: null).Should().NotBeNull().And.NotContain(principal);

    [Theory]
    [InlineData("EXAMPLE.COM", true)]
    [InlineData("A B", false)]
    [InlineData("A@B", false)]
    [InlineData("A/B", false)]
    public void InspectRealm_OfARealm_TakesOneOnly(string realm, bool isOne) =>
        KerberosPrincipalSyntax.InspectRealm(realm, new AccountInspection(new AccountLimits()), "KerberosRealm").Should().Be(isOne);

    [Fact]
    public void Inspect_OfARealmThatIsOnlyADefault_TakesThePrincipalsOwn()
    {
        var inspection = new AccountInspection(new AccountLimits());

        KerberosPrincipalSyntax.Inspect("user@A", "B", mustAgree: false, inspection, "Principal").Should().BeTrue();
        inspection.Problems.Should().BeEmpty();
    }

    private static string? Problem(string principal, string? realm)
    {
        var inspection = new AccountInspection(new AccountLimits());
        var isOne = KerberosPrincipalSyntax.Inspect(principal, realm, mustAgree: true, inspection, "Principal");
        isOne.Should().Be(inspection.Problems.Count == 0);
        return inspection.Problems.SingleOrDefault()?.Message;
    }
}
