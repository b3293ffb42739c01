using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Digibee.Accounts;

/// <summary>One key, as an account and as whoever signs by hand holds it, and 256 bytes to sign.</summary>
internal sealed class SignSubject : IDisposable
{
    private readonly byte[] _data = RandomNumberGenerator.GetBytes(256);
    private readonly AccountsServices _services = new(static _ => { });
    private readonly IAccountCryptography _cryptography;
    private readonly SignatureOptions _options;
    private readonly RSA _rsa = RSA.Create(2_048);
    private readonly ECDsa _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _edwardsPublicKey = new byte[Ed25519.PublicKeySize];

    public SignSubject(SignatureAlgorithm algorithm)
    {
        try
        {
            _options = new SignatureOptions { Algorithm = algorithm };
            _cryptography = _services.Get<IAccountCryptography>();
            Ed25519.GeneratePublicKey(_key, 0, _edwardsPublicKey, 0);
            _services.Save(Account(algorithm));
            Check(algorithm);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public byte[] SignOurs()
    {
        var signing = _options.Algorithm >= SignatureAlgorithm.HmacSha256
            ? _cryptography.ComputeMacAsync("key", _data, SignatureAlgorithm.HmacSha256)
            : _cryptography.SignAsync("key", _data, _options);
        return signing.IsCompletedSuccessfully ? signing.Result : throw new InvalidOperationException("The vault had to read the account, so this was no hit.");
    }

    public byte[] SignFloor() => _options.Algorithm switch
    {
        SignatureAlgorithm.RsaPssSha512 => _rsa.SignData(_data, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
        SignatureAlgorithm.EcdsaP256Sha256 => _ecdsa.SignData(_data, HashAlgorithmName.SHA256),
        SignatureAlgorithm.Ed25519 => SignEdwards(),
        _ => HMACSHA256.HashData(_key, _data),
    };

    public void Dispose()
    {
        _services.Dispose();
        _rsa.Dispose();
        _ecdsa.Dispose();
    }

    private Account Account(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPssSha512 => new PrivateKeyAccount { Name = "key", Key = new Secret(_rsa.ExportPkcs8PrivateKeyPem()) },
        SignatureAlgorithm.EcdsaP256Sha256 => new PrivateKeyAccount { Name = "key", Key = new Secret(_ecdsa.ExportPkcs8PrivateKeyPem()) },
        SignatureAlgorithm.Ed25519 => new PrivateKeyAccount { Name = "key", Key = new Secret(PemEncoding.WriteString("PRIVATE KEY", [.. Convert.FromHexString("302e020100300506032b657004220420"), .. _key])) },
        _ => new SecretKeyAccount { Name = "key", Key = new Secret(Convert.ToBase64String(_key)), Encoding = SecretKeyEncoding.Base64 },
    };

    private byte[] SignEdwards()
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_key, 0, _edwardsPublicKey, 0, _data, 0, _data.Length, signature, 0);
        return signature;
    }

    // Ed25519 and HMAC have one signature; of the others ours must be what the key by hand takes.
    private void Check(SignatureAlgorithm algorithm)
    {
        var ours = SignOurs();
        var isSame = algorithm switch
        {
            SignatureAlgorithm.RsaPssSha512 => _rsa.VerifyData(_data, ours, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
            SignatureAlgorithm.EcdsaP256Sha256 => _ecdsa.VerifyData(_data, ours, HashAlgorithmName.SHA256),
            _ => ours.AsSpan().SequenceEqual(SignFloor()),
        };
        if (!isSame)
        {
            throw new InvalidOperationException("The account and the key by hand do not make the same signature.");
        }
    }
}
