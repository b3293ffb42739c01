using System.Diagnostics.Metrics;
using System.Formats.Asn1;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

public sealed class KerberosAuthenticatorTests : IDisposable
{
    private static readonly KerberosKey SessionKey = new(KerberosEncryption.Of(18)!, KerberosTestKdc.SessionKey);

    private readonly FakeTimeProvider _time = new(KerberosTestMessages.Now);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly KerberosTestKdc _kdc = new();
    private readonly KerberosAuthenticator _authenticator;
    private readonly KerberosAccount _account;

    public KerberosAuthenticatorTests()
    {
        _authenticator = new KerberosAuthenticator(new KerberosClient(_time, new KerberosMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger<KerberosClient>.Instance));
        _account = _kdc.Account(new KerberosTestKeytab().Entry("A", ["user"], 1, 18, _kdc.ClientKey).Base64);
    }

    public void Dispose()
    {
        _kdc.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Authenticator_OfKerberos_KeepsConnectionsApartOverHttp11()
    {
        _authenticator.Part.Should().Be(ConnectionPart.SignIn);
        _authenticator.RequiresHttp11.Should().BeTrue();
    }

    [Fact]
    public async Task AuthenticateAsync_OfTwoRequests_SetsTwoTokensOfOneTicket()
    {
        var opened = TestSource.Opened(_account);
        var (one, oneMessage) = Request(opened);
        var (two, twoMessage) = Request(opened);

        await _authenticator.AuthenticateAsync(one, _account, default);
        await _authenticator.AuthenticateAsync(two, _account, default);

        var tokens = new[] { oneMessage, twoMessage }.Select(static message => message.Headers.Authorization!).ToArray();
        tokens.Should().OnlyContain(static token => token.Scheme == "Negotiate");
        tokens[0].Parameter.Should().NotBe(tokens[1].Parameter);
        _kdc.Seen.Count(static line => line.StartsWith("TGS", StringComparison.Ordinal)).Should().Be(1);
    }

    [Theory]
    [InlineData("https://WEB.example:8443/a", "TGS HTTP/web.example@A")]
    [InlineData("http://web.example./a", "TGS HTTP/web.example@A")]
    public async Task AuthenticateAsync_OfAHost_AsksForItsServiceInLowerCaseWithoutPort(string uri, string asked)
    {
        var (request, _) = Request(TestSource.Opened(_account), uri);

        await _authenticator.AuthenticateAsync(request, _account, default);

        _kdc.Seen.Should().Contain(asked);
    }

    [Fact]
    public async Task ReviewAsync_OfA401_AsksForARepetitionUnlessTheTicketIsFresh()
    {
        var opened = TestSource.Opened(_account);
        var (request, _) = Request(opened);
        await _authenticator.AuthenticateAsync(request, _account, default);
        using var response = new HttpResponseMessage(HttpStatusCode.Unauthorized);

        (await _authenticator.ReviewAsync(response, request, _account, default)).Should().Be(AccountVerdict.Accept, "the ticket was got just now");
        _time.Advance(TimeSpan.FromMinutes(1));
        (await _authenticator.ReviewAsync(response, request, _account, default)).Should().Be(AccountVerdict.Repeat);
        (await _authenticator.ReviewAsync(response, request, _account, default)).Should().Be(AccountVerdict.Repeat, "another has dropped that ticket, or has a new one already");
    }

    [Fact]
    public async Task ReviewAsync_WhereTheServiceNeedNotProveItself_AcceptsAnything()
    {
        var (request, _) = Request(TestSource.Opened(_account));
        await _authenticator.AuthenticateAsync(request, _account, default);
        using var response = new HttpResponseMessage();

        (await _authenticator.ReviewAsync(response, request, _account, default)).Should().Be(AccountVerdict.Accept);
    }

    [Fact]
    public async Task ReviewAsync_WhereTheServiceMustProveItself_TakesItsProofAndNoOther()
    {
        var account = _account with { RequireMutualAuthentication = true };
        var (request, _) = Request(TestSource.Opened(account));
        await _authenticator.AuthenticateAsync(request, account, default);
        var timestamp = ((KerberosProof)request.Proof!).Timestamp;

        (await ReviewAsync(Token(KerberosTestMessages.ApReply(SessionKey, timestamp)))).Should().Be(AccountVerdict.Accept);
        await RefusedAsync(Token(KerberosTestMessages.ApReply(SessionKey, timestamp.AddTicks(10))));
        await RefusedAsync("AAAA");
        await RefusedAsync("no base64!");
        await RefusedAsync(parameter: null);

        async Task RefusedAsync(string? parameter) =>
            (await FluentActions.Awaiting(() => ReviewAsync(parameter)).Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Contain("did not prove");

        async Task<AccountVerdict> ReviewAsync(string? parameter)
        {
            using var response = new HttpResponseMessage();
            response.Headers.WwwAuthenticate.Add(new AuthenticationHeaderValue("Negotiate", parameter));
            return await _authenticator.ReviewAsync(response, request, account, default);
        }
    }

    [Fact]
    public async Task ReviewAsync_LongAfterTheRevisionIsGone_TakesTheProofOfTheServiceStill()
    {
        var account = _account with { RequireMutualAuthentication = true };
        var opened = TestSource.Opened(account);
        var (request, _) = Request(opened);
        await _authenticator.AuthenticateAsync(request, account, default);
        var proof = (KerberosProof)request.Proof!;
        KerberosKey[] keys = [proof.Ticket!.SessionKey, proof.Credential.Keytab.Keys[0].Key];

        opened.DisposeStates();
        using var response = new HttpResponseMessage();
        response.Headers.WwwAuthenticate.Add(new AuthenticationHeaderValue("Negotiate", Token(KerberosTestMessages.ApReply(SessionKey, proof.Timestamp))));

        (await _authenticator.ReviewAsync(response, request, account, default)).Should().Be(AccountVerdict.Accept);
        keys.Should().OnlyContain(static key => !KerberosKeyBytes.AreWiped(key));
        request.ForgetProofs();
        keys.Should().OnlyContain(static key => KerberosKeyBytes.AreWiped(key));
    }

    [Fact]
    public async Task AuthenticateAsync_ThatFails_OwnsNothingAfterwards()
    {
        _kdc.Instead = static _ => KerberosTestMessages.Error(6);
        var opened = TestSource.Opened(_account);
        var (request, _) = Request(opened);
        await FluentActions.Awaiting(() => _authenticator.AuthenticateAsync(request, _account, default).AsTask()).Should().ThrowAsync<AccountAuthenticationException>();
        var key = ((KerberosProof)request.Proof!).Credential.Keytab.Keys[0].Key;

        request.ForgetProofs();
        opened.DisposeStates();

        KerberosKeyBytes.AreWiped(key).Should().BeTrue();
    }

    // Read by the platform's reader alone; its lengths take two bytes and three.
    [Theory]
    [InlineData(3)]
    [InlineData(150)]
    [InlineData(15_000)]
    [InlineData(70_000)]
    public async Task AuthenticateAsync_WithATicketOfAnyLength_SendsItWhole(int length)
    {
        _kdc.TicketLength = length;
        var (request, message) = Request(TestSource.Opened(_account));

        await _authenticator.AuthenticateAsync(request, _account, default);

        var token = new AsnReader(Convert.FromBase64String(message.Headers.Authorization!.Parameter!), AsnEncodingRules.DER).ReadSequence(new Asn1Tag(TagClass.Application, 0));
        token.ReadObjectIdentifier().Should().Be("1.3.6.1.5.5.2");
        var init = token.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        init.ReadEncodedValue();
        var mechanism = init.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 2)).ReadOctetString();
        AsnDecoder.ReadEncodedValue(mechanism, AsnEncodingRules.DER, out _, out _, out var consumed);
        consumed.Should().Be(mechanism.Length);
        mechanism.AsSpan().IndexOf(((KerberosProof)request.Proof!).Ticket!.Encoded).Should().BePositive();
        request.ForgetProofs();
    }

    private static string Token(byte[] reply)
    {
        byte[] content = [.. Convert.FromHexString("06092A864886F712010202"), 2, 0, .. reply];
        return Convert.ToBase64String([0x60, 0x81, (byte)content.Length, .. content]);
    }

    private static (AccountRequest Request, HttpRequestMessage Message) Request(OpenedAccount opened, string uri = "https://web.example/")
    {
        var message = new HttpRequestMessage(HttpMethod.Get, uri);
        var handler = new AccountTypeHandler<KerberosAccount>(new Unused());
        return (new AccountRequest(new AccountReference("a"), opened, handler, new MessageChanges(message), attempt: 0), message);
    }

    private sealed class Unused : IAccountAuthenticator<KerberosAccount>
    {
        public ValueTask AuthenticateAsync(AccountRequest request, KerberosAccount account, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
