using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>What was found out about a credential at save: names and values in clear, such as <c>fingerprint</c> or <c>keySize</c>. Compares by content.</summary>
public sealed class AccountFacts : IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<AccountFacts>
{
    private readonly SortedList<string, string> _facts;

    internal AccountFacts(IEnumerable<KeyValuePair<string, string>> facts)
    {
        _facts = new SortedList<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            _facts[name] = value;
        }
    }

    /// <summary>Gets the instance without facts.</summary>
    public static AccountFacts Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _facts.Count;

    /// <summary>Gets one fact.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its value; <see langword="null"/> when it is not known.</returns>
    public string? this[string name] => _facts.GetValueOrDefault(name);

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] AccountFacts? other) => other is not null && _facts.SequenceEqual(other._facts);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as AccountFacts);

    /// <inheritdoc/>
    public override int GetHashCode() => _facts.Count == 0 ? 0 : HashCode.Combine(_facts.Count, _facts.Values[0]);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _facts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
