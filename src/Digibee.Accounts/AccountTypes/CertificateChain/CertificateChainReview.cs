using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>What a save says of an account's chain: each problem in words of its own, none with anything of the key.</summary>
internal static class CertificateChainReview
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string AnyPurpose = "2.5.29.37.0";

    private const string Chain = nameof(CertificateChainAccount.Chain);
    private const string Password = nameof(CertificateChainAccount.Password);

    public static void Inspect(CertificateChainContent content, AccountInspection inspection)
    {
        if (content.Problem != KeyProblem.None)
        {
            RefuseUnreadable(content.Problem, inspection);
            return;
        }

        if (content.Leaf is not { } leaf)
        {
            inspection.Refuse(Chain, "it holds no certificate. Put the certificates first, then the private key.");
            return;
        }

        InspectKey(content, inspection);
        InspectTimes(content, leaf, inspection);
        InspectOrder(content, inspection);
        InspectUse(leaf, inspection);
        Note(content, leaf, inspection);
    }

    /// <summary>Refuses what could not be read at all.</summary>
    public static void RefuseUnreadable(KeyProblem problem, AccountInspection inspection)
    {
        var (field, message) = problem switch
        {
            KeyProblem.Nothing => (Chain, "it holds no certificate and no key. Paste the text with its -----BEGIN and -----END lines."),
            KeyProblem.CutOff => (Chain, "a PEM block has no end. Was the text cut off? Paste it whole, from the first -----BEGIN to the last -----END line."),
            KeyProblem.PasswordMissing => (Password, "the private key is encrypted and its password is missing. Fill it in."),
            KeyProblem.PasswordWrong => (Password, "the private key does not open with it. Check it: the key and the file it came from may have different ones."),
            KeyProblem.Unsupported => (Chain, "its key, or the key's encryption, is of a kind that is not supported. Convert it: openssl pkey -in key.pem -out new.pem."),
            KeyProblem.TooMuchWork => (Chain, "it asks for more rounds of key derivation, or more blocks, than any file that is meant well. Write the key anew: openssl pkey -in key.pem -aes256 -out new.pem."),
            _ => (Chain, "a block is not what its -----BEGIN line says. Was it changed on its way, or pasted in part? Paste it again."),
        };
        inspection.Refuse(field, message);
    }

    private static void InspectKey(CertificateChainContent content, AccountInspection inspection)
    {
        if (content.IsAmbiguous)
        {
            inspection.Refuse(Chain, "it holds certificates of more than one private key, so nobody can tell which one is meant. Leave one key and its chain.");
        }
        else if (!content.HoldsKey)
        {
            inspection.Warn(Chain, "it holds no private key, so it cannot sign a connection in.");
        }
        else if (content.Key is null)
        {
            inspection.Refuse(Chain, "the private key belongs to none of its certificates. Put in the key that the certificate was requested with.");
        }
        else if (!CertificateChainCredential.IsUsable(content))
        {
            inspection.Warn(Chain, "its key is of a kind that TLS on this platform cannot use, so it cannot sign a connection in. RSA and the NIST curves can.");
        }
    }

    private static void InspectTimes(CertificateChainContent content, X509Certificate2 leaf, AccountInspection inspection)
    {
        // That it has expired, the account says of everything that knows its end.
        inspection.KnownExpiry = EndOf(leaf);
        if (leaf.NotBefore.ToUniversalTime() > inspection.Now?.UtcDateTime)
        {
            inspection.Warn(Chain, "its certificate is not valid yet.");
        }

        if (content.Issuers.Any(issuer => EndOf(issuer) <= inspection.Now || issuer.NotBefore.ToUniversalTime() > inspection.Now?.UtcDateTime))
        {
            inspection.Warn(Chain, "a certificate above the first has expired or is not valid yet. Get the new one from whoever issued yours.");
        }
    }

    private static void InspectOrder(CertificateChainContent content, AccountInspection inspection)
    {
        var others = content.Others.ToArray();
        if (!content.EndsAtRoot && content.Issuers.Count == 0 && others.Any(IsAuthority))
        {
            inspection.Refuse(Chain, "an intermediate certificate is missing: those that are in it do not connect to the one of the private key. Add the issuer's certificate.");
        }
        else if (!content.EndsAtRoot && content.Issuers.Count == 0)
        {
            Complain("the certificate of its issuer is not in it. Unless that is a root which the server knows, the server will refuse the connection: add it.", inspection);
        }
        else if (!content.EndsAtRoot && others.Any(IsAuthority))
        {
            // The root may be left out, so that nothing tells a stranger from the far side of a gap.
            Complain("it holds an authority that does not connect to the others; it is not sent. If it stands above them, add the certificate between; if not, leave it out.", inspection);
        }
        else if (others.Length > 0)
        {
            Complain("it holds certificates that have nothing to do with the one of the private key; they are not sent.", inspection);
        }

        if (!content.IsInOrder)
        {
            Complain("its certificates are not in order; they are sent from the first to the root all the same. Write the key's certificate first, then each issuer.", inspection);
        }
    }

    // Nothing that stops the connection: a matter of taste, unless the limits are strict.
    private static void Complain(string message, AccountInspection inspection)
    {
        if (inspection.Limits.StrictCertificateChains)
        {
            inspection.Refuse(Chain, message);
        }
        else
        {
            inspection.Warn(Chain, message);
        }
    }

    private static void InspectUse(X509Certificate2 leaf, AccountInspection inspection)
    {
        if (leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } usage
            && !usage.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>().Any(static use => use.Value is ClientAuthentication or AnyPurpose))
        {
            inspection.Warn(Chain, "its certificate is not for client authentication, by what it says itself (extended key usage), so most servers will refuse it.");
        }
    }

    private static void Note(CertificateChainContent content, X509Certificate2 leaf, AccountInspection inspection)
    {
        inspection.Note("fingerprint", leaf.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256));
        inspection.Note("subject", leaf.Subject);
        inspection.Note("issuer", leaf.Issuer);
        inspection.Note("serialNumber", leaf.SerialNumber);
        if (content.Key is { } key)
        {
            inspection.Note("keyAlgorithm", key.Algorithm.ToString());
        }
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault()?.CertificateAuthority ?? CertificateChainContent.IsSelfIssued(certificate);

    private static DateTimeOffset EndOf(X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
}
