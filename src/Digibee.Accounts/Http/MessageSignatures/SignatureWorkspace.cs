namespace Digibee.Accounts;

/// <summary>Everything one signature is made or checked in. Kept for the next one, wiped in between. For one owner at a time.</summary>
internal sealed class SignatureWorkspace
{
    private static readonly IdleSlots<SignatureWorkspace> Idle = new();

    private readonly List<string> _lines = [];

    private SignatureWorkspace()
    {
    }

    /// <summary>Gets the signature base.</summary>
    public SigningText Base { get; } = new();

    /// <summary>Gets the text of the headers.</summary>
    public SigningText Header { get; } = new();

    public OutgoingMessage Message { get; } = new();

    public static SignatureWorkspace Take() => Idle.TryTake() ?? new SignatureWorkspace();

    public void GiveBack()
    {
        Base.Clear();
        Header.Clear();
        Message.Use(null);
        _lines.Clear();
        Idle.TryPut(this);
    }

    /// <summary>Writes a component's line into the base; <see langword="null"/>, or why the message has no such component.</summary>
    public string? WriteLine(SignatureComponent component, SignatureMessage message, IReadOnlyDictionary<string, StructuredFieldType> types)
    {
        Base.Append(component.LineStart);
        var problem = SignatureComponentValue.Write(Base, component, message, types, _lines);
        Base.Append((byte)'\n');
        return problem;
    }

    /// <summary>Writes the last line of the base, which names the components and the parameters.</summary>
    public void WriteParameters(ReadOnlySpan<byte> parameters)
    {
        Base.Append("\"@signature-params\": "u8);
        Base.Append(parameters);
    }
}
