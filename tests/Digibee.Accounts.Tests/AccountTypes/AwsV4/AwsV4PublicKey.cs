using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Verifies signatures of Signature Version 4A with the public keys that others have published.</summary>
internal static class AwsV4PublicKey
{
    public static ECDsa Of(JsonElement coordinates) => Of(coordinates.GetProperty("X").GetString()!, coordinates.GetProperty("Y").GetString()!);

    public static ECDsa Of(string x, string y) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Convert.FromHexString(x), Y = Convert.FromHexString(y) },
    });

    public static bool Verifies(ECDsa key, string text, string signature) =>
        key.VerifyData(Encoding.UTF8.GetBytes(text), Convert.FromHexString(signature), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
