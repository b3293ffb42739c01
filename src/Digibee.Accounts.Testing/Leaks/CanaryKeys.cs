using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Real key material made of a canary's 32 bytes, so that it parses everywhere and is found in whatever is derived from it.</summary>
internal static class CanaryKeys
{
    // The slowest part of a canary, and the one whose number cannot be chosen: made once for a process.
    private static readonly Lazy<byte[]> Rsa = new(static () =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKey();
    });

    // A P-256 private key is a number of 32 bytes below 0xFFFFFFFF00000000…, as ASCII is.
    public static string PrivateKey(byte[] core, string? passphrase = null)
    {
        using var key = EllipticCurveKey(core);
        return Pem(key, passphrase);
    }

    public static string CertificateChain(byte[] core, string? password = null)
    {
        using var key = EllipticCurveKey(core);
        var request = new CertificateRequest("CN=canary", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2049, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return $"{certificate.ExportCertificatePem()}\n{Pem(key, password)}";
    }

    // The canary is an attribute (localKeyId) beside a key of the process: PrivateKeyInfo, RFC 5208, section 5.
    public static string RsaPrivateKey(byte[] core)
    {
        var plain = new AsnReader(Rsa.Value, AsnEncodingRules.DER).ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            while (plain.HasData)
            {
                writer.WriteEncodedValue(plain.ReadEncodedValue().Span);
            }

            using (writer.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.9.21");
                using (writer.PushSetOf())
                {
                    writer.WriteOctetString(core);
                }
            }
        }

        return PemEncoding.WriteString("PRIVATE KEY", writer.Encode());
    }

    // A modulus of 2048 bits that is the canary eight times, odd and with its highest bit set. Nobody checks that a modulus has two prime factors.
    public static string PublicKey(byte[] core)
    {
        byte[] modulus = [.. core, .. core, .. core, .. core, .. core, .. core, .. core, .. core];
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
        return rsa.ExportSubjectPublicKeyInfoPem();
    }

    // One AES-256 key (etype 18, RFC 3962) in the keytab format of MIT Kerberos, version 0x0502: all numbers big-endian, all texts with their length before them.
    public static byte[] Keytab(string principal, string realm, byte[] core)
    {
        var entry = new List<byte>();
        Number16(1);                                    // components
        Counted(Encoding.ASCII.GetBytes(realm));
        Counted(Encoding.ASCII.GetBytes(principal));
        Number32(1);                                    // KRB5_NT_PRINCIPAL
        Number32(1_700_000_000);                        // written at
        entry.Add(1);                                   // key version
        Number16(18);
        Counted(core);

        var keytab = new byte[2 + 4 + entry.Count];
        keytab[0] = 5;
        keytab[1] = 2;
        BinaryPrimitives.WriteInt32BigEndian(keytab.AsSpan(2), entry.Count);
        entry.CopyTo(keytab, 6);
        return keytab;

        void Number16(int number) => entry.AddRange([(byte)(number >> 8), (byte)number]);

        void Number32(int number)
        {
            Number16(number >> 16);
            Number16(number);
        }

        void Counted(byte[] bytes)
        {
            Number16(bytes.Length);
            entry.AddRange(bytes);
        }
    }

    private static ECDsa EllipticCurveKey(byte[] core) => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = core });

    private static string Pem(ECDsa key, string? passphrase) => passphrase is null
        ? key.ExportPkcs8PrivateKeyPem()
        : key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2_048));
}
