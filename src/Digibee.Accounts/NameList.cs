using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>An immutable list of names, such as projects or scopes, that compares by content: two records with equal lists are equal.</summary>
[CollectionBuilder(typeof(NameList), nameof(Create))]
[JsonConverter(typeof(NameListJsonConverter))]
public sealed class NameList : IReadOnlyList<string>, IEquatable<NameList>
{
    private readonly string[] _names;

    private NameList(string[] names) => _names = names;

    /// <summary>Gets the list without names.</summary>
    public static NameList Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _names.Length;

    /// <inheritdoc/>
    public string this[int index] => _names[index];

    /// <summary>Makes a list; collection expressions call it.</summary>
    /// <param name="names">The names, in order.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ArgumentException">A name is <see langword="null"/>, empty, or holds CR, LF or NUL.</exception>
    public static NameList Create(ReadOnlySpan<string> names)
    {
        if (names.IsEmpty)
        {
            return Empty;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (string.IsNullOrEmpty(names[i]) || names[i].AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                throw new ArgumentException($"Entry {i + 1} is empty or holds a line break or NUL.", nameof(names));
            }
        }

        return new(names.ToArray());
    }

    /// <summary>Looks for a name, case included.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether the list holds it.</returns>
    public bool Contains(string name) => Array.IndexOf(_names, name) >= 0;

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] NameList? other) => other is not null && _names.AsSpan().SequenceEqual(other._names);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as NameList);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var name in _names)
        {
            hash.Add(name, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>Returns the names, separated by a comma and a space.</summary>
    /// <returns>The names.</returns>
    public override string ToString() => string.Join(", ", _names);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _names.GetEnumerator();

    // For the fields of records, which compare: an empty list and none at all are one.
    internal static NameList? OrNull(NameList? names) => names is { Count: > 0 } ? names : null;
}
