namespace Digibee.Accounts;

/// <summary>The sample that takes the packages as a user does. That it works, <c>eng/test.sh</c> shows by running it.</summary>
public sealed class PackageConsumerTests
{
    [Fact]
    public void PackageReferences_OfTheSample_AreThePackagesOfThisVersion()
    {
        var references = Repository.Xml("samples", "PackageConsumer", "PackageConsumer.csproj").Descendants("PackageReference")
            .Select(static element => (element.Attribute("Include")!.Value, element.Attribute("Version")!.Value));

        references.Should().BeEquivalentTo([("Digibee.Accounts", Repository.Version), ("Digibee.Accounts.Sqlite", Repository.Version)]);
    }

    [Fact]
    public void Sample_BesideTheSolution_IsNoPartOfIt()
    {
        var solution = File.ReadAllText(Repository.PathOf("Digibee.Accounts.sln"));

        solution.Should().Contain("Quickstart.csproj").And.NotContain("PackageConsumer", "its packages are made from the solution");
    }
}
