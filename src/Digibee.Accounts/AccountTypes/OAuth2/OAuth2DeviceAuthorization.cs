namespace Digibee.Accounts;

/// <summary>A log-in on another device that has begun (RFC 8628, section 3.2).</summary>
public sealed class OAuth2DeviceAuthorization
{
    internal OAuth2DeviceAuthorization(TokenKey key, Secret deviceCode, string userCode, string verificationUri, string? verificationUriComplete, DateTimeOffset expiresAt, TimeSpan interval)
    {
        Account = key.Address;
        Fingerprint = key.Fingerprint;
        DeviceCode = deviceCode;
        UserCode = userCode;
        VerificationUri = verificationUri;
        VerificationUriComplete = verificationUriComplete;
        ExpiresAt = expiresAt;
        Interval = interval;
    }

    /// <summary>Gets the code that the person types in.</summary>
    public string UserCode { get; }

    /// <summary>Gets where they type it in. The provider chose this text: show it, and do not follow it.</summary>
    public string VerificationUri { get; }

    /// <summary>Gets the same with the code in it, for a QR code; <see langword="null"/> when the provider has none.</summary>
    public string? VerificationUriComplete { get; }

    /// <summary>Gets until when they have time.</summary>
    public DateTimeOffset ExpiresAt { get; }

    internal AccountAddress Account { get; }

    /// <summary>Gets <see cref="TokenKey.Fingerprint"/> of the grant that began it.</summary>
    internal string Fingerprint { get; }

    internal Secret DeviceCode { get; }

    internal TimeSpan Interval { get; }
}
