namespace Digibee.Accounts;

public sealed class HttpRequestMessageAccountExtensionsTests
{
    [Fact]
    public void UseAccount_OfNothing_Throws()
    {
        using var request = new HttpRequestMessage();

        FluentActions.Invoking(static () => ((HttpRequestMessage)null!).UseAccount("crm")).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(static () => ((HttpRequestMessage)null!).UseAccounts()).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(static () => ((HttpRequestMessage)null!).AllowContentReplay()).Should().Throw<ArgumentNullException>();
        request.Invoking(static r => r.UseAccount((AccountAddress)null!)).Should().Throw<ArgumentNullException>();
        request.Invoking(static r => r.UseAccount((string)null!)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void UseAccount_OnAMessage_GivesTheSameMessage()
    {
        using var request = new HttpRequestMessage();

        request.UseAccount("crm").Should().BeSameAs(request);
        request.UseAccounts("crm", "mtls").Should().BeSameAs(request);
        request.AllowContentReplay().Should().BeSameAs(request);
    }

    [Fact]
    public void GetAccountRefusal_OfNothing_Throws() =>
        FluentActions.Invoking(static () => ((HttpResponseMessage)null!).GetAccountRefusal()).Should().Throw<ArgumentNullException>();
}
