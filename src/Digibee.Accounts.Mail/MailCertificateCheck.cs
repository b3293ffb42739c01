using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>Whether a server's certificate is trusted: by the platform, or by authorities that the program named. One for each connection; it keeps what was wrong.</summary>
internal sealed class MailCertificateCheck(AccountMailOptions options, string host)
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Gets whether there was a certificate to look at: the server spoke TLS.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>Gets what was wrong, as the end of a sentence; <see langword="null"/> when nothing was.</summary>
    public string? Problem { get; private set; }

    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        WasAsked = true;
        Problem = certificate is null || chain is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "the server showed no certificate."
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"its certificate is not for {host}. Correct Host, or the server's certificate."
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? FindProblem(certificate, chain)
            : null;
        return Problem is null;
    }

    private string? FindProblem(X509Certificate certificate, X509Chain platforms)
    {
        if (options.TrustedRoots.Count == 0)
        {
            return Describe(platforms);
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(options.TrustedRoots);
        chain.ChainPolicy.ExtraStore.AddRange(platforms.ChainPolicy.ExtraStore);
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.RevocationMode = options.CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        using var leaf = new X509Certificate2(certificate);
        return chain.Build(leaf) ? null : Describe(chain);
    }

    private static string Describe(X509Chain chain)
    {
        var status = X509ChainStatusFlags.NoError;
        foreach (var element in chain.ChainStatus)
        {
            status |= element.Status;
        }

        return status switch
        {
            _ when status.HasFlag(X509ChainStatusFlags.NotTimeValid) => "its certificate has expired, or is not valid yet. The server needs a new one.",
            _ when status.HasFlag(X509ChainStatusFlags.Revoked) => "its certificate was revoked.",
            _ when (status & (X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation)) != X509ChainStatusFlags.NoError => "the authority does not say whether its certificate was revoked.",
            _ when (status & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != X509ChainStatusFlags.NoError =>
                "its certificate comes from an authority that is not trusted here. If it is your own, add its certificate to AccountMailOptions.TrustedRoots.",
            _ => $"its certificate is not usable ({status}).",
        };
    }
}
