namespace Digibee.Accounts;

/// <summary>A message with other signatures than its own.</summary>
internal sealed class SignedMessage(SignatureMessage message, string input, string signature) : SignatureMessage
{
    public override int Status => message.Status;

    public override SignatureMessage? Request => message.Request;

    public override string Method => message.Method;

    public override string Scheme => message.Scheme;

    public override string Authority => message.Authority;

    public override string Target => message.Target;

    public override void AddLines(string name, bool ofTrailers, List<string> lines)
    {
        if (name is "signature-input" or "signature")
        {
            lines.Add(name == "signature" ? signature : input);
        }
        else
        {
            message.AddLines(name, ofTrailers, lines);
        }
    }
}
