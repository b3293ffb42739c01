namespace Digibee.Accounts;

/// <summary>What a package says of itself to a gallery and to NuGet.</summary>
public sealed class NuspecTests(PackedPackages packages)
{
    public static TheoryData<string> Ids => [.. Repository.PackageIds];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Metadata_OfEachPackage_SaysWhatAGalleryShows(string id)
    {
        var package = packages.Of(id);

        package.Text("id").Should().Be(id);
        package.Text("version").Should().Be(Repository.Version);
        package.Text("title").Should().StartWith("Digibee.Accounts");
        package.Text("description").Should().NotBeNullOrWhiteSpace().And.NotBe("Package Description", "NuGet says that where nobody wrote one");
        package.Text("authors").Should().Be("The Digibee.Accounts authors");
        package.Text("copyright").Should().MatchRegex(@"^Copyright \(c\) \d{4} ");
        package.Text("license").Should().Be("MIT");
        package.Text("readme").Should().Be("README.md");
        package.Text("icon").Should().Be("icon.png");
        package.Text("releaseNotes").Should().Contain("CHANGELOG.md");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Tags_OfEachPackage_AreItsOwn(string id)
    {
        var tags = packages.Of(id).Text("tags")!.Split(' ');

        tags.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThanOrEqualTo(5).And.OnlyContain(static tag => tag.All(static letter => char.IsAsciiLetterLower(letter) || letter == '-'));
        Repository.PackageIds.Where(other => other != id).Select(other => packages.Of(other).Text("tags")).Should().NotContain(packages.Of(id).Text("tags"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Repository_WithoutARepositoryUrl_IsTheCommitAlone(string id)
    {
        if (!Repository.HasGit)
        {
            Assert.Skip("These sources are no clone: there is no commit to name.");
            return;
        }

        var package = packages.Of(id);
        var repository = package.Metadata.Element(package.Metadata.Name.Namespace + "repository")!;

        repository.Attributes().Select(static attribute => attribute.Name.LocalName).Should().BeEquivalentTo("type", "commit");
        repository.Attribute("type")!.Value.Should().Be("git");
        repository.Attribute("commit")!.Value.Should().MatchRegex("^[0-9a-f]{40}$");
        package.Text("projectUrl").Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Dependencies_OfEachPackage_AreTheFloorsOfTheRepository(string id)
    {
        var package = packages.Of(id);
        var xmlns = package.Metadata.Name.Namespace;
        var project = Repository.Xml("src", id, $"{id}.csproj");
        var foreign = project.Descendants("PackageReference").Select(static element => element.Attribute("Include")!.Value).Select(static name => (name, Repository.Floors[name]));
        var own = project.Descendants("ProjectReference").Select(static element => Path.GetFileNameWithoutExtension(element.Attribute("Include")!.Value)).Select(static name => (name, $"[{Repository.Version}]"));

        var group = package.Metadata.Element(xmlns + "dependencies")!.Elements().Should().ContainSingle().Subject;
        var dependencies = group.Elements().Select(static element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value));

        group.Attribute("targetFramework")!.Value.Should().Be("net10.0");
        dependencies.Should().NotBeEmpty().And.BeEquivalentTo(foreign.Concat(own));
    }
}
