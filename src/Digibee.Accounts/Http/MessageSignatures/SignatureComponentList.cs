using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>Components in the order in which they are signed, or that a signature has to cover. Immutable; it compares by content.</summary>
internal sealed class SignatureComponentList : IEquatable<SignatureComponentList>
{
    // What RFC 9651 takes of an inner list at least; no more can be read by everybody.
    private const int MaxComponents = 256;

    private readonly SignatureComponent[] _components;

    private SignatureComponentList(SignatureComponent[] components, NameList names)
    {
        _components = components;
        Names = names;
    }

    /// <summary>Gets what a request's signature covers unless told otherwise: what decides its effect, and all of its content.</summary>
    public static SignatureComponentList OfRequests { get; } = Parse(["@method", "@authority", "@path", "@query", "content-digest", "content-type"]);

    /// <summary>Gets what a request's signature has to cover unless told otherwise.</summary>
    public static SignatureComponentList NeededOfRequests { get; } = Parse(["@method", "@authority", "@path", "@query", "content-digest"]);

    /// <summary>Gets what a response's signature has to cover unless told otherwise.</summary>
    public static SignatureComponentList NeededOfResponses { get; } = Parse(["@status", "content-digest"]);

    /// <summary>Gets the components as they were written.</summary>
    public NameList Names { get; }

    public int Count => _components.Length;

    public ReadOnlySpan<SignatureComponent> Span => _components;

    /// <summary>Reads components as a program writes them.</summary>
    /// <exception cref="ArgumentException">One is not known, or stands there twice.</exception>
    public static SignatureComponentList Parse(NameList names)
    {
        var components = new SignatureComponent[names.Count];
        for (var i = 0; i < components.Length; i++)
        {
            if (!SignatureComponentReader.TryRead(names[i], out var component) || Holds(components.AsSpan(0, i), component))
            {
                throw new ArgumentException(
                    $"Component {i + 1} is none of RFC 9421, section 2, or stands there twice. Write a header's name, or one of @method, @target-uri, @authority, @scheme, @request-target, @path, @query, "
                    + "@query-param;name=\"…\", @status, with the parameters sf, key, bs, req, tr where they are wanted.",
                    nameof(names));
            }

            components[i] = component;
        }

        return components.Length <= MaxComponents ? new(components, names) : throw new ArgumentException($"There are more than {MaxComponents} components.", nameof(names));
    }

    /// <summary>Tells whether components hold one, whatever the order of its parameters.</summary>
    public static bool Holds(ReadOnlySpan<SignatureComponent> components, SignatureComponent component)
    {
        foreach (var other in components)
        {
            if (other.IsSameAs(component))
            {
                return true;
            }
        }

        return false;
    }

    public bool Equals([NotNullWhen(true)] SignatureComponentList? other) => other is not null && Names.Equals(other.Names);

    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as SignatureComponentList);

    public override int GetHashCode() => Names.GetHashCode();
}
