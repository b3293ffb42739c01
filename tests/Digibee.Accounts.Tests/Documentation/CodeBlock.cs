namespace Digibee.Accounts;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="File">The file, relative to the top of the repository.</param>
/// <param name="Line">The number of the block's first line, after the fence.</param>
/// <param name="Language">What the fence says; empty when it says nothing.</param>
/// <param name="Text">The lines between the fences.</param>
public sealed record CodeBlock(string File, int Line, string Language, string Text)
{
    public override string ToString() => $"{File}:{Line}";
}
