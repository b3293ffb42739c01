using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Signs, checks and makes keys with the accounts of one realm and environment.</summary>
internal sealed class AccountCryptography(IAccountVault vault, ILogger<AccountCryptography> logger) : IAccountCryptography
{
    // P-521's; MACs are shorter.
    private const int LongestOfCurves = 132;

    public async ValueTask<byte[]> SignAsync(string name, ReadOnlyMemory<byte> data, SignatureOptions? options = null, CancellationToken cancellationToken = default)
    {
        var opened = await vault.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        var key = opened.Account is SecretKeyAccount ? throw AccountKeyRefusal.MakesMacs(opened) : SigningKey.Of(opened);
        var algorithm = options?.Algorithm ?? key.DefaultAlgorithm;
        var signature = Sign(key, data.Span, algorithm);
        logger.KeyUsed(name, opened.Account.Type.Slug, algorithm);
        return options is { UsesDer: true } && KeyOids.IsEcdsa(algorithm) ? EcdsaDer.Encode(signature) : signature;
    }

    public async ValueTask<bool> VerifyAsync(
        string name, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> signature, SignatureOptions? options = null, CancellationToken cancellationToken = default)
    {
        var opened = await vault.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        var key = opened.Account is SecretKeyAccount ? throw AccountKeyRefusal.MakesMacs(opened) : VerificationKey.Of(opened);
        return Verify(key, data.Span, signature.Span, options);
    }

    public async ValueTask<byte[]> ComputeMacAsync(
        string name, ReadOnlyMemory<byte> data, SignatureAlgorithm algorithm = SignatureAlgorithm.HmacSha256, CancellationToken cancellationToken = default)
    {
        var opened = await vault.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        var key = opened.Account is SecretKeyAccount ? SigningKey.Of(opened) : throw AccountKeyRefusal.MakesNoMacs(opened);
        var mac = Sign(key, data.Span, algorithm);
        logger.KeyUsed(name, opened.Account.Type.Slug, algorithm);
        return mac;
    }

    public async ValueTask<bool> VerifyMacAsync(
        string name, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> mac, SignatureAlgorithm algorithm = SignatureAlgorithm.HmacSha256, CancellationToken cancellationToken = default)
    {
        var opened = await vault.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        var key = opened.Account is SecretKeyAccount ? VerificationKey.Of(opened) : throw AccountKeyRefusal.MakesNoMacs(opened);
        return key.Verify(data.Span, mac.Span, algorithm);
    }

    public async ValueTask<AccountSummary> GenerateAsync(string name, KeySpec key, KeyGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        AccountAddress.CheckPart(name, nameof(name));
        ArgumentNullException.ThrowIfNull(key);
        options ??= new KeyGenerationOptions();

        // Elsewhere: a long RSA key takes seconds to find.
        var account = await Task.Run(() => KeyGenerator.Generate(name, key, options), cancellationToken).ConfigureAwait(false);
        var summary = await vault.SaveAsync(account, new AccountSaveOptions { ExpectedRevision = options.ExpectedRevision }, cancellationToken).ConfigureAwait(false);
        logger.KeyMade(name, account.Type.Slug);
        return summary;
    }

    public async ValueTask<AccountPublicKey> GetPublicKeyAsync(string name, CancellationToken cancellationToken = default) =>
        new(AccountKeyReader.ReadPublicHalf(await vault.OpenAsync(name, cancellationToken).ConfigureAwait(false)));

    public IAccountCryptography For(string realm, string environment) => new AccountCryptography(vault.For(realm, environment), logger);

    private static byte[] Sign(SigningKey key, ReadOnlySpan<byte> data, SignatureAlgorithm algorithm)
    {
        if (key.MaxSignatureLength > LongestOfCurves)
        {
            // RSA's, always as long as the key.
            var signature = new byte[key.MaxSignatureLength];
            key.Sign(data, algorithm, signature);
            return signature;
        }

        Span<byte> room = stackalloc byte[LongestOfCurves];
        return room[..key.Sign(data, algorithm, room)].ToArray();
    }

    private static bool Verify(VerificationKey key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureOptions? options)
    {
        var algorithm = options?.Algorithm ?? key.DefaultAlgorithm;
        if (options is not { UsesDer: true } || !KeyOids.IsEcdsa(algorithm) || !key.Supports(algorithm))
        {
            return key.Verify(data, signature, algorithm);
        }

        Span<byte> numbers = stackalloc byte[key.MaxSignatureLength];
        return EcdsaDer.TryDecode(signature, numbers) && key.Verify(data, numbers, algorithm);
    }
}
