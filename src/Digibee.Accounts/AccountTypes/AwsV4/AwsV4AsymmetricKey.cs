using System.Text;

namespace Digibee.Accounts;

/// <summary>What signs for one day and service with Signature Version 4A. The key in it may be shared with other days and services.</summary>
internal sealed class AwsV4AsymmetricKey : AwsV4Signer
{
    private readonly AwsV4PrivateKey _key;
    private readonly bool _ownsKey;
    private readonly byte[] _authorizationStart;

    public AwsV4AsymmetricKey(AwsV4CredentialScope scope, string accessKeyId, AwsV4PrivateKey key, bool ownsKey)
        : base(scope)
    {
        _key = key;
        _ownsKey = ownsKey;
        _authorizationStart = Encoding.ASCII.GetBytes($"AWS4-ECDSA-P256-SHA256 Credential={accessKeyId}/{Encoding.ASCII.GetString(scope.Text)}, SignedHeaders=");
    }

    public override ReadOnlySpan<byte> AuthorizationStart => _authorizationStart;

    public override bool TrySign(ReadOnlySpan<byte> text, Span<byte> signature, out int length) => _key.TrySign(text, signature, out length);

    public override void Dispose()
    {
        if (_ownsKey)
        {
            _key.Dispose();
        }
    }
}
