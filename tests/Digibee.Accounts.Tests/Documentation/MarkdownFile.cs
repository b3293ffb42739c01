using System.Text.RegularExpressions;

namespace Digibee.Accounts;

/// <summary>A Markdown file, as far as these tests read one (CommonMark 0.31, sections 4.2, 4.5 and 6.3).</summary>
public sealed partial class MarkdownFile
{
    private const int Timeout = 1_000;

    public MarkdownFile(string path, string text)
    {
        Path = path;
        var lines = text.Split('\n');
        var prose = new List<string>();
        var blocks = new List<CodeBlock>();
        for (var i = 0; i < lines.Length; i++)
        {
            var opening = Fence().Match(lines[i]);
            if (!opening.Success)
            {
                prose.Add(lines[i]);
                continue;
            }

            var first = i + 1;
            var fence = opening.Groups["fence"].Value;
            for (i++; i < lines.Length && !IsEnd(lines[i], fence); i++)
            {
            }

            if (i == lines.Length)
            {
                throw new InvalidDataException($"{path}:{first}: this block does not end.");
            }

            blocks.Add(new CodeBlock(path, first + 1, opening.Groups["language"].Value, string.Join('\n', lines[first..i])));
        }

        Prose = string.Join('\n', prose);
        Blocks = blocks;
    }

    public static IReadOnlyList<MarkdownFile> All { get; } = [.. Repository.Files("", "*.md").Select(static path => new MarkdownFile(path, Repository.Read(path)))];

    public string Path { get; }

    /// <summary>Gets the file without its blocks.</summary>
    public string Prose { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>Gets the targets of links to other files and headings, those to other hosts left out.</summary>
    public IEnumerable<string> Links => Link().Matches(Prose).Select(static match => match.Groups["target"].Value).Where(static target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    /// <summary>Gets the anchors of the headings, as the usual hosts make them: lower case, spaces as hyphens, no punctuation.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Prose).Select(static match => NotInAnchor().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static bool IsEnd(string line, string fence) => line.Trim() is var trimmed && trimmed.Length >= fence.Length && trimmed.All(c => c == fence[0]);

    [GeneratedRegex(@"^\s*(?<fence>`{3,}|~{3,})\s*(?<language>[^\s`]*)", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, Timeout)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]", RegexOptions.None, Timeout)]
    private static partial Regex NotInAnchor();
}
