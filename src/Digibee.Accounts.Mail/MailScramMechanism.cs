using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailKit.Security;

namespace Digibee.Accounts;

/// <summary>SCRAM (RFC 5802, 7677) as MailKit does it, but for a bound on the work that a server may ask for: MailKit would hash two thousand million times, and cannot be cancelled meanwhile.</summary>
internal sealed class MailScramMechanism(string name, HashAlgorithmName hash, string userName, string password) : SaslMechanismScramBase(userName, password)
{
    // About a second. Servers ask for 4,096 (RFC 7677, section 4) to some hundred thousand.
    private const int MostIterations = 1_000_000;

    /// <summary>Gets what was wrong with the server's part. MailKit ends the exchange then, and tells what the server said to that instead.</summary>
    public SaslException? Failure { get; private set; }

    public override string MechanismName => name;

    public override bool SupportsChannelBinding => name.EndsWith("-PLUS", StringComparison.Ordinal);

#pragma warning disable RS0030, CA5350 // SCRAM-SHA-1 needs HMAC, for which SHA-1 is not broken; it is the last of the three.
    protected override KeyedHashAlgorithm CreateHMAC(byte[] key) =>
        hash == HashAlgorithmName.SHA512 ? new HMACSHA512(key) : hash == HashAlgorithmName.SHA256 ? new HMACSHA256(key) : new HMACSHA1(key);
#pragma warning restore RS0030, CA5350

    protected override byte[] Hash(byte[] str) => CryptographicOperations.HashData(hash, str);

    protected override byte[]? Challenge(byte[]? token, int startIndex, int length, CancellationToken cancellationToken)
    {
        try
        {
            DemandBound(token.AsSpan(startIndex, length));
            return base.Challenge(token, startIndex, length, cancellationToken);
        }
        catch (SaslException exception)
        {
            Failure = exception;
            throw;
        }
    }

    private void DemandBound(ReadOnlySpan<byte> challenge)
    {
        foreach (var field in Encoding.UTF8.GetString(challenge).Split(','))
        {
            if (field.StartsWith("i=", StringComparison.Ordinal) && (!int.TryParse(field.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations > MostIterations))
            {
                throw new SaslException(name, SaslErrorCode.InvalidChallenge, "The server asks for more iterations than are done here.");
            }
        }
    }
}
