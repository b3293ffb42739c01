namespace Digibee.Accounts;

/// <summary>A message as a signature sees it: what was or will be on the wire.</summary>
internal abstract class SignatureMessage
{
    /// <summary>Gets the status of a response; 0 for a request.</summary>
    public virtual int Status => 0;

    /// <summary>Gets the request that a response answers; <see langword="null"/> for a request, or where nobody knows it.</summary>
    public virtual SignatureMessage? Request => null;

    /// <summary>Gets the method; empty for a response.</summary>
    public virtual string Method => "";

    /// <summary>Gets the scheme; empty for a response.</summary>
    public virtual string Scheme => "";

    /// <summary>Gets the value of <c>Host</c> or <c>:authority</c>; empty for a response.</summary>
    public virtual string Authority => "";

    /// <summary>Gets the request target as it stands in the request line.</summary>
    public virtual string Target => "";

    /// <summary>Adds the lines of a field, as many as were or will be sent.</summary>
    /// <param name="name">The name, in lower case.</param>
    /// <param name="ofTrailers">Whether the field is of the trailers.</param>
    /// <param name="lines">Takes the values.</param>
    public abstract void AddLines(string name, bool ofTrailers, List<string> lines);
}
