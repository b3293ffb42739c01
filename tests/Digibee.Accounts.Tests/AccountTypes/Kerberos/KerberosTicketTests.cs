namespace Digibee.Accounts;

public sealed class KerberosTicketTests
{
    // Seconds from its start: when it is due for renewal, and when it is used no longer.
    [Theory]
    [InlineData(36_000, 36_000 - 300, 36_000 - 30)]
    [InlineData(600, 480, 570)]
    [InlineData(20, 16, 19)]
    public void Ticket_OfSomeLife_IsRenewedBeforeItEnds(int life, int due, int unusable)
    {
        using var ticket = Create(TimeSpan.FromSeconds(life));

        ticket.IsDue(KerberosTestMessages.Now.AddSeconds(due).AddTicks(-1)).Should().BeFalse();
        ticket.IsDue(KerberosTestMessages.Now.AddSeconds(due)).Should().BeTrue();
        ticket.IsUsable(KerberosTestMessages.Now.AddSeconds(unusable).AddTicks(-1)).Should().BeTrue();
        ticket.IsUsable(KerberosTestMessages.Now.AddSeconds(unusable)).Should().BeFalse();
    }

    [Fact]
    public void Dispose_OfATicketWithTwoOwners_WipesItsKeyWithTheSecond()
    {
        var ticket = Create(TimeSpan.FromHours(1));
        ticket.TryOwn().Should().BeTrue();

        ticket.Dispose();
        KerberosKeyBytes.AreWiped(ticket.SessionKey).Should().BeFalse();
        ticket.Dispose();

        KerberosKeyBytes.AreWiped(ticket.SessionKey).Should().BeTrue();
        ticket.TryOwn().Should().BeFalse();
    }

    internal static KerberosTicket Create(TimeSpan life, DateTimeOffset? start = null, KerberosPrincipal? service = null) => new(
        KerberosTestMessages.Ticket(service ?? KerberosTestMessages.Granting),
        KerberosTestMessages.Client,
        service ?? KerberosTestMessages.Granting,
        new KerberosKey(KerberosEncryption.Of(18)!, KerberosTestKeytab.Key(32, 9)),
        start ?? KerberosTestMessages.Now,
        (start ?? KerberosTestMessages.Now) + life);
}
