using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>Where an account lives: <c>realm/environment/name</c>, that is tenant, environment and name. Immutable; compared ordinally.</summary>
/// <remarks>Each part is <c>[a-z0-9][a-z0-9._-]{0,63}</c>: nothing to fold, encode or escape, so two addresses are one only if they are equal to the letter.</remarks>
public sealed class AccountAddress : IEquatable<AccountAddress>, IParsable<AccountAddress>
{
    /// <summary>The most characters a part may have: 64.</summary>
    public const int MaxPartLength = 64;

    private static readonly SearchValues<char> First = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> Rest = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    private readonly int _hash;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="realm">The tenant.</param>
    /// <param name="environment">The environment, such as <c>test</c> or <c>prod</c>.</param>
    /// <param name="name">The account's name.</param>
    /// <exception cref="ArgumentException">A part does not follow the grammar. The message does not repeat it.</exception>
    public AccountAddress(string realm, string environment, string name)
    {
        Realm = CheckPart(realm, nameof(realm));
        Environment = CheckPart(environment, nameof(environment));
        Name = CheckPart(name, nameof(name));
        Partition = $"{realm}/{environment}";
        _hash = GetHashCode(Partition, Name);
    }

    /// <summary>Gets the tenant.</summary>
    public string Realm { get; }

    /// <summary>Gets the environment.</summary>
    public string Environment { get; }

    /// <summary>Gets the account's name.</summary>
    public string Name { get; }

    /// <summary>Gets <c>realm/environment</c>, the partition of the store. Neither part can hold a slash, so it is unambiguous.</summary>
    internal string Partition { get; }

    /// <summary>Compares two addresses.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(AccountAddress? left, AccountAddress? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Compares two addresses.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(AccountAddress? left, AccountAddress? right) => !(left == right);

    /// <summary>Reads <c>realm/environment/name</c>.</summary>
    /// <param name="s">The text.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">The text does not follow the grammar. The message does not repeat it.</exception>
    public static AccountAddress Parse(string s) => Parse(s, provider: null);

    /// <summary>Reads <c>realm/environment/name</c>.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">The text does not follow the grammar. The message does not repeat it.</exception>
    public static AccountAddress Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var address) ? address : throw new FormatException($"Not an account address. It is realm/environment/name, each part {Grammar}.");
    }

    /// <summary>Reads <c>realm/environment/name</c>.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The address.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out AccountAddress result)
    {
        result = null;
        if (s is null || s.Length > (3 * MaxPartLength) + 2)
        {
            return false;
        }

        Span<Range> parts = stackalloc Range[4];
        if (s.AsSpan().Split(parts, '/') != 3 || !IsPart(s.AsSpan(parts[0])) || !IsPart(s.AsSpan(parts[1])) || !IsPart(s.AsSpan(parts[2])))
        {
            return false;
        }

        result = new AccountAddress(s[parts[0]], s[parts[1]], s[parts[2]]);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] AccountAddress? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && string.Equals(Name, other.Name, StringComparison.Ordinal) && string.Equals(Partition, other.Partition, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as AccountAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>Returns <c>realm/environment/name</c>.</summary>
    /// <returns>The address.</returns>
    public override string ToString() => $"{Partition}/{Name}";

    // Also of an address that nobody has made yet.
    internal static int GetHashCode(string partition, string name) =>
        (partition.GetHashCode(StringComparison.Ordinal) * 397) ^ name.GetHashCode(StringComparison.Ordinal);

    internal const string Grammar = "[a-z0-9][a-z0-9._-]{0,63}";

    internal static bool IsPart(ReadOnlySpan<char> part) =>
        part.Length is > 0 and <= MaxPartLength && First.Contains(part[0]) && !part.ContainsAnyExcept(Rest);

    internal static string CheckPart(string? part, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(part, parameterName);
        return IsPart(part) ? part : throw new ArgumentException($"It must be {Grammar}: lower case, digits, '.', '_' and '-', 64 characters at most.", parameterName);
    }
}
