using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>Secret text. It prints as <c>***</c>, compares in fixed time, and comes out by <see cref="Reveal"/> and <see cref="RevealBytes"/> only.</summary>
/// <remarks>Immutable and safe for concurrent use. Holds UTF-8 on the pinned heap, where the garbage collector leaves no copies. It is not wiped, because copies of a
/// record share it; what is derived from it is, and so are the secrets that an <see cref="AccountScope"/> made for itself. To ask one of those for its text after the scope has ended
/// is an <see cref="ObjectDisposedException"/>.</remarks>
[DebuggerDisplay("***")]
[JsonConverter(typeof(RedactedSecretJsonConverter))]
public sealed class Secret : IEquatable<Secret>
{
    internal const string Redacted = "***";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A field of its own and not a property: loggers that destructure objects find nothing.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private byte[]? _utf8;

    /// <summary>Initializes a new instance with a copy of some text.</summary>
    /// <param name="text">The text. It may be empty; whether a type takes that is checked at save.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="text"/> holds half of a surrogate pair, so it has no UTF-8 form.</exception>
    public Secret(string text)
        : this((text ?? throw new ArgumentNullException(nameof(text))).AsSpan())
    {
    }

    /// <summary>Initializes a new instance with a copy of some text, for callers that can wipe their own.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> holds half of a surrogate pair, so it has no UTF-8 form.</exception>
    public Secret(ReadOnlySpan<char> text)
    {
        try
        {
            var utf8 = GC.AllocateUninitializedArray<byte>(StrictUtf8.GetByteCount(text), pinned: true);
            StrictUtf8.GetBytes(text, utf8);
            _utf8 = utf8;
        }
        catch (EncoderFallbackException)
        {
            // The framework's message quotes the character.
            throw new ArgumentException("The text holds half of a surrogate pair and cannot be stored.", nameof(text));
        }
    }

    /// <summary>Initializes a new instance with a copy of some UTF-8 text.</summary>
    /// <param name="utf8Text">The text. Binary material is stored as base64 text.</param>
    /// <exception cref="ArgumentException"><paramref name="utf8Text"/> is not UTF-8.</exception>
    public Secret(ReadOnlySpan<byte> utf8Text)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8Text))
        {
            throw new ArgumentException("The bytes are not UTF-8 text. Encode binary material as base64.", nameof(utf8Text));
        }

        var utf8 = GC.AllocateUninitializedArray<byte>(utf8Text.Length, pinned: true);
        utf8Text.CopyTo(utf8);
        _utf8 = utf8;
    }

    // Takes over the array, which must be pinned.
    private Secret(byte[] pinned) => _utf8 = pinned;

    /// <summary>Compares two secrets in a time that depends on their lengths only.</summary>
    /// <param name="left">One secret.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether both hold the same text, or both are <see langword="null"/>.</returns>
    public static bool operator ==(Secret? left, Secret? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Compares two secrets in a time that depends on their lengths only.</summary>
    /// <param name="left">One secret.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(Secret? left, Secret? right) => !(left == right);

    /// <summary>Gives the text. Each call makes a string that cannot be wiped: call it late, keep it short.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="ObjectDisposedException">It was a scope's, and the scope has ended.</exception>
    public string Reveal() => Encoding.UTF8.GetString(RevealBytes());

    /// <summary>Gives the text as UTF-8, without a copy.</summary>
    /// <returns>The bytes, valid as long as this instance.</returns>
    /// <exception cref="ObjectDisposedException">It was a scope's, and the scope has ended.</exception>
    public ReadOnlySpan<byte> RevealBytes()
    {
        var utf8 = _utf8;
        ObjectDisposedException.ThrowIf(utf8 is null, this);
        return utf8;
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Secret? other) => other is not null && CryptographicOperations.FixedTimeEquals(_utf8, other._utf8);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Secret other && Equals(other);

    /// <summary>Returns the same number for every secret: a hash would tell something of it.</summary>
    /// <returns>0.</returns>
    public override int GetHashCode() => 0;

    /// <summary>Returns <c>***</c>.</summary>
    /// <returns>Three stars.</returns>
    public override string ToString() => Redacted;

    /// <summary>Overwrites the text. For the one owner of an instance that nobody else holds: a scope.</summary>
    internal void Wipe()
    {
        if (Interlocked.Exchange(ref _utf8, null) is { } utf8)
        {
            CryptographicOperations.ZeroMemory(utf8);
        }
    }

    internal static Secret TakeOver(byte[] pinnedUtf8) => new(pinnedUtf8);
}
