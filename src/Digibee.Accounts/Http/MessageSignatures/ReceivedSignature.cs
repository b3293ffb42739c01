namespace Digibee.Accounts;

/// <summary>One signature of a message as it was read, of which nothing is known to be true yet.</summary>
/// <param name="Label">Its name within the message.</param>
/// <param name="Components">What it says it covers.</param>
/// <param name="Input">The member of <c>Signature-Input</c>, whose text is signed too.</param>
/// <param name="Signature">The bytes.</param>
internal sealed record ReceivedSignature(string Label, SignatureComponent[] Components, StructuredMember Input, byte[] Signature)
{
    public long? Created { get; init; }

    public long? Expires { get; init; }

    public string? Nonce { get; init; }

    public string? Algorithm { get; init; }

    public string? KeyId { get; init; }

    public string? Tag { get; init; }

    /// <summary>Gets the component that covers the content by its digest, the whole field before one of its members; <see langword="null"/> when there is none.</summary>
    public SignatureComponent? ContentDigest
    {
        get
        {
            SignatureComponent? digest = null;
            foreach (var component in Components)
            {
                if (component is { Name: SignatureHeaders.LowerContentDigest, IsOfRequest: false, IsOfTrailers: false } && (digest is null || component.Key is null))
                {
                    digest = component;
                }
            }

            return digest;
        }
    }

    public NameList Names
    {
        get
        {
            var names = new string[Components.Length];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = Components[i].Identifier;
            }

            return NameList.Create(names);
        }
    }
}
