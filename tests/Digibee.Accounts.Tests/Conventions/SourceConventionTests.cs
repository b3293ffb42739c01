namespace Digibee.Accounts;

/// <summary>How the sources look, as docs/architecture.md and the rules beside this file say.</summary>
public sealed class SourceConventionTests
{
    private static readonly SourceRule[] AllRules = [.. LayoutRules.All, .. SecretRules.All, .. CodeRules.All, .. TestRules.All];

    public static TheoryData<string> Rules => [.. AllRules.Select(static rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_OnTheSources_FindsNothing(string name)
    {
        var rule = AllRules.Single(rule => rule.Name == name);

        var violations = Repository.SourcesOf(rule.Folders).SelectMany(rule.Violations);

        violations.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_OnItsBadExample_FindsOneViolation(string name)
    {
        var rule = AllRules.Single(rule => rule.Name == name);

        var violations = rule.Violations(new SourceFile(rule.BadPath, rule.BadText));

        violations.Should().ContainSingle();
    }
}
