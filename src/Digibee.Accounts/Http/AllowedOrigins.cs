using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>The origins an account may be sent to: <c>["https://api.crm.example", "https://*.shop.example", "http://intranet:8080"]</c>. Immutable; compares by content.</summary>
/// <remarks><c>scheme://host[:port]</c> and nothing more. <c>*.</c> stands for one or more labels, never for the bare domain, and never with <c>http</c>, before a single label or an
/// address. Writing <c>http://</c> is the consent to clear text. An origin is scheme, host and port (RFC 6454, section 4); hosts compare in their IDNA form without a final dot.</remarks>
[CollectionBuilder(typeof(AllowedOrigins), nameof(Create))]
[JsonConverter(typeof(AllowedOriginsJsonConverter))]
public sealed class AllowedOrigins : IReadOnlyList<string>, IEquatable<AllowedOrigins>
{
    private readonly AllowedOrigin[] _origins;

    private AllowedOrigins(AllowedOrigin[] origins) => _origins = origins;

    /// <summary>Gets the empty list. An account with it goes nowhere, unless its type has a natural home or the client names origins.</summary>
    public static AllowedOrigins None { get; } = new([]);

    /// <summary>Gets any <c>https</c> origin, written <c>https://*</c>.</summary>
    public static AllowedOrigins Any { get; } = new([AllowedOrigin.Any]);

    /// <inheritdoc/>
    public int Count => _origins.Length;

    /// <inheritdoc/>
    public string this[int index] => _origins[index].Text;

    /// <summary>Makes a list; collection expressions call it.</summary>
    /// <param name="origins">The origins.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ArgumentException">An entry is not an origin. The message gives its position and the reason, not its text.</exception>
    public static AllowedOrigins Create(ReadOnlySpan<string> origins)
    {
        if (origins.IsEmpty)
        {
            return None;
        }

        var parsed = new AllowedOrigin[origins.Length];
        for (var i = 0; i < origins.Length; i++)
        {
            parsed[i] = AllowedOrigin.Parse(origins[i], out var problem)
                ?? throw new ArgumentException($"Origin {i + 1} is not usable: {problem}", nameof(origins));
        }

        return new(parsed);
    }

    /// <summary>Tells whether a URI's origin is in the list.</summary>
    /// <param name="uri">An absolute URI. One with user information is in no list.</param>
    /// <returns>Whether the account may be sent there.</returns>
    public bool Contains(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return Origin.TryCreate(uri, out var origin) && Allows(origin);
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] AllowedOrigins? other) => other is not null && _origins.AsSpan().SequenceEqual(other._origins);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as AllowedOrigins);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var origin in _origins)
        {
            hash.Add(origin);
        }

        return hash.ToHashCode();
    }

    /// <summary>Returns the origins, separated by a comma and a space.</summary>
    /// <returns>The origins.</returns>
    public override string ToString() => string.Join(", ", this);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator()
    {
        foreach (var origin in _origins)
        {
            yield return origin.Text;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal bool Allows(in Origin origin)
    {
        foreach (var allowed in _origins)
        {
            if (allowed.Matches(origin))
            {
                return true;
            }
        }

        return false;
    }

    // Written out as it is: neither by a wildcard nor by Any.
    internal bool AllowsLiterally(in Origin origin)
    {
        foreach (var allowed in _origins)
        {
            if (allowed.IsLiteral && allowed.Matches(origin))
            {
                return true;
            }
        }

        return false;
    }

    // What the saver is warned of.
    internal bool HoldsAny => Array.IndexOf(_origins, AllowedOrigin.Any) >= 0;

    internal IEnumerable<string> ClearTextOrigins()
    {
        foreach (var origin in _origins)
        {
            if (origin.IsClearText)
            {
                yield return origin.Text;
            }
        }
    }
}
