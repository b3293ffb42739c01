using System.Net;
using System.Net.Security;
using MailKit;
using MailKit.Net.Proxy;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Connects an account to its server: TCP, TLS, the sign-in. Safe for concurrent use.</summary>
internal sealed class MailConnector(IOptions<AccountMailOptions> options, BearerTokens tokens, TimeProvider time)
{
    private readonly AccountMailOptions _options = options.Value;

    /// <summary>Makes ready what the account is sent with, in the caller's flow.</summary>
    /// <exception cref="AccountTypeMismatchException">The account is of another type.</exception>
    /// <exception cref="AccountOriginException">The account whose token signs in does not list the mail server.</exception>
    public async ValueTask<MailTarget> PrepareAsync(OpenedAccount opened, CancellationToken cancellationToken)
    {
        var profile = opened.GetOrAddState(MailProfile.Create);
        var bearer = profile is { SignsIn: true, Account.BearerAccount: { } name }
            ? await tokens.OpenAsync(opened, name, nameof(SmtpAccount.BearerAccount), profile.Server, cancellationToken).ConfigureAwait(false)
            : null;
        return new MailTarget(opened, profile, bearer);
    }

    /// <exception cref="AccountAuthenticationException">The server refused the account.</exception>
    /// <exception cref="AccountUnavailableException">It could not be tried.</exception>
    public async Task<AccountSmtpClient> ConnectAsync(MailTarget target, CancellationToken cancellationToken)
    {
        // Asking for a token has a limit of its own.
        var token = await GetTokenAsync(target, cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(target.Profile.Settings.ConnectTimeout ?? _options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await ConnectAsync(target, token, either.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (AccountAuthenticationException) when (token is not null && tokens.Review(token, wasAccepted: false))
        {
            // The server may have called invalid what the provider has revoked meanwhile: another one, once.
            token = await GetTokenAsync(target, cancellationToken).ConfigureAwait(false);
            return await ConnectAsync(target, token, either.Token, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<BearerToken?> GetTokenAsync(MailTarget target, CancellationToken cancellationToken) =>
        target.Bearer is null ? null : await tokens.GetAsync(target.Bearer, cancellationToken).ConfigureAwait(false);

    private async Task<AccountSmtpClient> ConnectAsync(MailTarget target, BearerToken? token, CancellationToken cancellationToken, CancellationToken callersToken)
    {
        var client = new AccountSmtpClient(LogOf(target), target.Profile.Settings);
        try
        {
            await ConnectAsync(client, target, cancellationToken, callersToken).ConfigureAwait(false);
            if (target.Profile.SignsIn)
            {
                await SignInAsync(client, target, token?.Text ?? target.Profile.Password!, cancellationToken, callersToken).ConfigureAwait(false);
                _ = token is not null && tokens.Review(token, wasAccepted: true);
            }

            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private async Task ConnectAsync(AccountSmtpClient client, MailTarget target, CancellationToken cancellationToken, CancellationToken callersToken)
    {
        var profile = target.Profile;
        var check = new MailCertificateCheck(_options, profile.Host);
        SetUp(client, target, check);
        var protection = profile.Account.Tls switch
        {
            SmtpTls.Implicit => SecureSocketOptions.SslOnConnect,
            SmtpTls.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
        try
        {
            await client.ConnectAsync(profile.Host, profile.Account.Port, protection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (callersToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(callersToken);
        }
        catch (Exception exception)
        {
            throw MailFailure.OfConnection(target, exception, check);
        }
    }

    private static async Task SignInAsync(AccountSmtpClient client, MailTarget target, string secret, CancellationToken cancellationToken, CancellationToken callersToken)
    {
        // A save refuses it and MailKit would have failed before: the last look, before anything secret leaves.
        if (!client.IsSecure)
        {
            throw new AccountUnavailableException(target.AccountName, $"Account '{target.AccountName}' was not signed in: the connection is in clear text. Choose StartTls or Implicit.", isTransient: false);
        }

        var mechanism = MailMechanisms.Choose(target, client.AuthenticationMechanisms);
        var exchange = MailMechanisms.Create(mechanism, target.Profile, secret);
        try
        {
            await client.AuthenticateAsync(exchange, cancellationToken).ConfigureAwait(false);
            if (exchange is SaslMechanismScramBase { IsAuthenticated: false })
            {
                // It welcomes whoever comes: without its signature (RFC 5802, section 3) it need not know the password. MailKit lets that pass.
                throw new SaslException(mechanism, SaslErrorCode.MissingChallenge, "The server did not prove that it knows the password.");
            }
        }
        catch (Exception) when (callersToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(callersToken);
        }
        catch (Exception exception)
        {
            throw MailFailure.OfSignIn(target, mechanism, (exchange as MailScramMechanism)?.Failure ?? exception);
        }
    }

    private void SetUp(AccountSmtpClient client, MailTarget target, MailCertificateCheck check)
    {
        var settings = target.Profile.Settings;
        client.ServerCertificateValidationCallback = check.Validate;
        client.CheckCertificateRevocation = _options.CheckCertificateRevocation;
        client.Timeout = (int)(settings.Timeout ?? _options.Timeout).TotalMilliseconds;
        if (settings.Protocols != default)
        {
            client.SslProtocols = settings.Protocols;
        }

        if (settings.CipherSuites.Length > 0)
        {
            client.SslCipherSuitesPolicy = PolicyOf(target);
        }

        if (settings.LocalHost is { } localHost)
        {
            client.LocalDomain = localHost;
        }

        if (settings.LocalAddress is not null || settings.LocalPort > 0)
        {
            client.LocalEndPoint = new IPEndPoint(settings.LocalAddress ?? IPAddress.Any, settings.LocalPort);
        }

        if (settings.ReturnsWhole is { } isWhole)
        {
            client.DeliveryStatusNotificationType = isWhole ? DeliveryStatusNotificationType.Full : DeliveryStatusNotificationType.HeadersOnly;
        }

        client.ProxyClient = settings.SocksHost is { } socks ? new Socks5Client(socks, settings.SocksPort)
            : settings.ProxyHost is { } proxy ? new HttpProxyClient(proxy, settings.ProxyPort)
            : null;
    }

    // A restriction that the platform cannot keep is not left out in silence.
    private static CipherSuitesPolicy PolicyOf(MailTarget target) => !OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid()
        ? new CipherSuitesPolicy(target.Profile.Settings.CipherSuites)
        : throw new AccountValidationException(
            target.AccountName, [new AccountProblem(nameof(SmtpAccount.Properties), "mail.smtp.ssl.ciphersuites cannot be followed on this system, which chooses cipher suites for the whole machine. Leave it out.")]);

    private BoundedProtocolLogger LogOf(MailTarget target) => new(_options.ProtocolLog?.Invoke(target.AccountName) is { } log ? new RedactingProtocolLogger(log) : new NullProtocolLogger());
}
