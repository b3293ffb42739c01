using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>A request with an HTTP message signature, against the floor: the same request without one, and the signature alone.</summary>
internal sealed class MessageSignatureCase : ComparisonCase
{
    private readonly Func<MessageSignatureSubject> _create;
    private MessageSignatureSubject _subject = null!;

    private MessageSignatureCase(string name, Func<MessageSignatureSubject> create)
        : base(name) => _create = create;

    public static MessageSignatureCase Ecdsa() => new("message signature, P-256", static () =>
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new MessageSignatureSubject(Account(key.ExportPkcs8PrivateKeyPem()), signatureBase => key.SignData(signatureBase, HashAlgorithmName.SHA256));
    });

    public static MessageSignatureCase Hmac() => new("message signature, HMAC", static () =>
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var account = new SecretKeyAccount { Name = "signer", Key = new Secret(Convert.ToHexString(key)), Encoding = SecretKeyEncoding.Hexadecimal, AllowedOrigins = ["https://api.example"] };
        return new MessageSignatureSubject(account, signatureBase => HMACSHA256.HashData(key, signatureBase));
    });

    public static MessageSignatureCase Rsa() => new("message signature, RSA", static () =>
    {
        var key = RSA.Create(2048);
        return new MessageSignatureSubject(Account(key.ExportPkcs8PrivateKeyPem()), signatureBase => key.SignData(signatureBase, HashAlgorithmName.SHA512, RSASignaturePadding.Pss));
    });

    public override void SetUp() => _subject = _create();

    public override void RunOurs(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.SendOurs();
        }
    }

    public override void RunPeer(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _subject.SendFloor();
        }
    }

    public override void Dispose()
    {
        _subject?.Dispose();
        base.Dispose();
    }

    private static PrivateKeyAccount Account(string pem) => new() { Name = "signer", Key = new Secret(pem), AllowedOrigins = ["https://api.example"] };
}
