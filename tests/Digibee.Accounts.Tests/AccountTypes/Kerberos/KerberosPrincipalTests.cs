namespace Digibee.Accounts;

public sealed class KerberosPrincipalTests
{
    [Theory]
    [InlineData("user@EXAMPLE.COM", "EXAMPLE.COM", "user")]
    [InlineData("user", "DEFAULT", "user")]
    [InlineData("HTTP/web.example@A", "A", "HTTP|web.example")]
    [InlineData(@"us\@er\/x@A", "A", "us@er/x")]
    [InlineData(@"a\\b/c\n\t\b\0@A", "A", "a\\b|c\n\t\b\0")]
    public void Parse_OfAPrincipal_GivesRealmAndParts(string text, string realm, string parts)
    {
        var principal = KerberosPrincipal.Parse(text, KerberosNameType.Principal, "DEFAULT");

        principal.Realm.Should().Be(realm);
        principal.Parts.Should().Equal(parts.Split('|'));
    }

    [Fact]
    public void Is_OfAnotherCaseOrRealm_IsFalse()
    {
        var user = KerberosPrincipal.Parse("user/x@A", KerberosNameType.Principal, "");

        user.Is(KerberosPrincipal.Parse("user/x", KerberosNameType.Unknown, "A")).Should().BeTrue();
        user.Is(KerberosPrincipal.Parse("user/X@A", KerberosNameType.Principal, "")).Should().BeFalse();
        user.Is(KerberosPrincipal.Parse("user/x@a", KerberosNameType.Principal, "")).Should().BeFalse();
        user.Is(KerberosPrincipal.Parse("user@A", KerberosNameType.Principal, "")).Should().BeFalse();
    }

    [Fact]
    public void LeadsTo_OfATicketGrantingService_IsItsRealm()
    {
        KerberosPrincipal.TicketGrantingService("B", of: "A").LeadsTo.Should().Be("B");
        KerberosPrincipal.Parse("HTTP/B@A", KerberosNameType.Unknown, "").LeadsTo.Should().BeNull();
    }
}
