using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>What an RSA key for PSS alone says of its signatures (RFC 4055, section 3.1).</summary>
internal static class PssParameters
{
    private const string Sha1 = "1.3.14.3.2.26";
    private const string Mgf1 = "1.2.840.113549.1.1.8";

    /// <summary>Reads the hash that the key is bound to.</summary>
    /// <param name="algorithm">The AlgorithmIdentifier's content, behind its object identifier.</param>
    /// <returns><see langword="null"/> when it is bound to none; one without a name when it is bound to what no <see cref="SignatureAlgorithm"/> has.</returns>
    public static HashAlgorithmName? ReadHash(AsnReader algorithm)
    {
        if (!algorithm.HasData)
        {
            return null;
        }

        var parameters = algorithm.ReadSequence();
        var hash = TryEnter(parameters, 0) is { } hashField ? hashField.ReadSequence().ReadObjectIdentifier() : Sha1;
        var (mask, maskHash) = (Mgf1, Sha1);
        if (TryEnter(parameters, 1) is { } maskField)
        {
            var generation = maskField.ReadSequence();
            (mask, maskHash) = (generation.ReadObjectIdentifier(), generation.ReadSequence().ReadObjectIdentifier());
        }

        // The least that it takes; ours are as long as the hash.
        var salt = TryEnter(parameters, 2) is { } saltField ? saltField.ReadInteger() : 20;
        var trailer = TryEnter(parameters, 3) is { } trailerField ? trailerField.ReadInteger() : BigInteger.One;
        var (name, length) = hash switch
        {
            "2.16.840.1.101.3.4.2.1" => (HashAlgorithmName.SHA256, 32),
            "2.16.840.1.101.3.4.2.2" => (HashAlgorithmName.SHA384, 48),
            "2.16.840.1.101.3.4.2.3" => (HashAlgorithmName.SHA512, 64),
            _ => default,
        };
        return mask == Mgf1 && maskHash == hash && salt <= length && trailer.IsOne ? name : default(HashAlgorithmName);
    }

    private static AsnReader? TryEnter(AsnReader reader, int number)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, number, isConstructed: true);
        return reader.HasData && reader.PeekTag() == tag ? reader.ReadSequence(tag) : null;
    }
}
