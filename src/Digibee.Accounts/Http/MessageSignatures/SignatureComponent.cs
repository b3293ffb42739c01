using System.Text;

namespace Digibee.Accounts;

/// <summary>What a signature covers of a message: one field, or something derived from it (RFC 9421, section 2).</summary>
internal sealed class SignatureComponent
{
    public SignatureComponent(string name, string identifier)
    {
        Name = name;
        Identifier = identifier;
        LineStart = Encoding.ASCII.GetBytes(identifier + ": ");
    }

    /// <summary>Gets the field's name in lower case, or that of a derived component, which begins with <c>@</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the identifier as it stands in the signature base: the quoted name and its parameters, in the order in which the signer wrote them.</summary>
    public string Identifier { get; }

    /// <summary>Gets how its line of the signature base begins.</summary>
    public byte[] LineStart { get; }

    public bool IsDerived => Name[0] == '@';

    /// <summary>Gets whether the field is read and serialised anew as a structured field: <c>sf</c>.</summary>
    public bool IsStructured { get; init; }

    /// <summary>Gets the member of a dictionary: <c>key</c>; <see langword="null"/> for the whole field.</summary>
    public string? Key { get; init; }

    /// <summary>Gets whether each line of the field is taken as bytes: <c>bs</c>.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Gets whether it is of the request that a response answers: <c>req</c>.</summary>
    public bool IsOfRequest { get; init; }

    /// <summary>Gets whether it is of the trailers: <c>tr</c>.</summary>
    public bool IsOfTrailers { get; init; }

    /// <summary>Gets the query parameter, percent-encoded: <c>name</c> of <c>@query-param</c>.</summary>
    public string? QueryParameter { get; init; }

    /// <summary>Tells whether another is the same but for the order of the parameters (RFC 9421, section 2.5: one may stand only once).</summary>
    public bool IsSameAs(SignatureComponent other) =>
        Name == other.Name && IsStructured == other.IsStructured && Key == other.Key && IsBinary == other.IsBinary
        && IsOfRequest == other.IsOfRequest && IsOfTrailers == other.IsOfTrailers && QueryParameter == other.QueryParameter;

    public override string ToString() => Identifier;
}
