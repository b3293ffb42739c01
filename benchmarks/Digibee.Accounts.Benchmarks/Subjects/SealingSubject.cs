using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>One plaintext, sealed and opened by us and by the default <see cref="Microsoft.AspNetCore.DataProtection.IDataProtector"/>.</summary>
internal sealed class SealingSubject : IDisposable
{
    private readonly KeyRing _keyRing = KeyRing.Parse(KeyRing.NewKeyText());
    private readonly DefaultDataProtector _protector = new();

    // With the other fields, a context of about 200 bytes: a description, an origin, an expiry.
    private readonly byte[] _metadata = RandomNumberGenerator.GetBytes(140);
    private readonly AccountSealer _sealer;
    private readonly byte[] _plaintext;
    private readonly byte[] _sealed;
    private readonly byte[] _protected;

    public SealingSubject(int plaintextBytes)
    {
        try
        {
            _sealer = new AccountSealer(_keyRing);
            _plaintext = RandomNumberGenerator.GetBytes(plaintextBytes);
            _sealed = Seal();
            _protected = Protect();
            CheckBoth();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private SealContext Context => new() { Realm = "default/prod", Name = "crm", Type = AccountType.Basic.Slug, Revision = 1_764_000_000_000_000, Metadata = _metadata };

    public byte[] Seal() => _sealer.Seal(Context, _plaintext);

    public byte[] Protect() => _protector.Protect(_plaintext);

    /// <summary>Opens and wipes, as every caller does.</summary>
    public int Open()
    {
        using var plaintext = _sealer.Open(Context, _sealed);
        return plaintext.Span.Length;
    }

    public int Unprotect() => _protector.Unprotect(_protected).Length;

    public void Dispose()
    {
        _protector.Dispose();
        _keyRing.Dispose();
    }

    private void CheckBoth()
    {
        using var opened = _sealer.Open(Context, _sealed);
        if (!opened.Span.SequenceEqual(_plaintext) || !_protector.Unprotect(_protected).AsSpan().SequenceEqual(_plaintext))
        {
            throw new InvalidOperationException("What was sealed did not open to the same bytes.");
        }
    }
}
