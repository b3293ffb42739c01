namespace Digibee.Accounts;

/// <summary>A rule about one file of source, with an example that breaks it: a rule that cannot fail is none.</summary>
/// <param name="Name">What holds.</param>
/// <param name="Folders">Where it holds.</param>
/// <param name="Violations">What is wrong with a file, by line.</param>
/// <param name="BadPath">The path of the example.</param>
/// <param name="BadText">The example; it breaks the rule exactly once.</param>
public sealed record SourceRule(string Name, string[] Folders, Func<SourceFile, IEnumerable<string>> Violations, string BadPath, string BadText)
{
    public override string ToString() => Name;
}
