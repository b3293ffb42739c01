using System.Diagnostics;

namespace Digibee.Accounts;

public sealed class SecretReferenceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("accounts-reference-");

    [Theory]
    [InlineData("secret", "secret")]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n", "secret")]
    [InlineData("secret\n\n", "secret\n")]
    [InlineData(" spaced ", " spaced ")]
    public void Resolve_OfAFile_GivesItsTextWithoutOneFinalLineBreak(string content, string expected)
    {
        File.WriteAllText(PathOf("secret"), content);

        SecretReference.Resolve($"file:{PathOf("secret")}", false, out _)!.Reveal().Should().Be(expected);
    }

    [Fact]
    public void Resolve_OfALinkToAFile_FollowsItAsAMountedSecretNeeds()
    {
        File.WriteAllText(PathOf("..data"), "mounted");
        File.CreateSymbolicLink(PathOf("link"), PathOf("..data"));

        SecretReference.Resolve($"file:{PathOf("link")}", false, out _)!.Reveal().Should().Be("mounted");
    }

    [Fact]
    public void Resolve_OfAVariable_GivesItsText() =>
        SecretReference.Resolve($"env:{ConfiguredProgram.Variable("väl\nue")}", false, out _)!.Reveal().Should().Be("väl\nue");

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Resolve_OfAFileWithoutAText_FindsNothing(string content)
    {
        File.WriteAllText(PathOf("empty"), content);

        Problem($"file:{PathOf("empty")}").Should().StartWith("the file it names");
    }

    [Fact]
    public void Resolve_OfAFileThatIsTooLong_ReadsNoneOfIt()
    {
        using (var file = File.Create(PathOf("long")))
        {
            file.SetLength(1L << 40);
        }

        Problem($"file:{PathOf("long")}").Should().Contain("longer than");
    }

    [Fact]
    public void Resolve_OfAPipe_DoesNotWaitForAWriter()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no named pipes in its file system.");
        }

        using var made = Process.Start("mkfifo", PathOf("pipe"));
        made.WaitForExit();

        Problem($"file:{PathOf("pipe")}").Should().Contain("no regular file");
    }

    [Theory]
    [InlineData("file:")]
    [InlineData("file:/no/such/file")]
    [InlineData("file:a\0b")]
    [InlineData("env:")]
    [InlineData("env:a=b")]
    [InlineData("env:ACCOUNTS_TEST_IS_NOT_SET")]
    [InlineData("FILE:/etc/hostname")]
    [InlineData("hunter2")]
    public void Resolve_OfWhatLeadsToNothing_SaysSoWithoutTheText(string text)
    {
        var problem = Problem(text);

        problem.Should().NotBeEmpty();
        problem.Should().NotContain(text[(text.IndexOf(':') + 1)..] is { Length: > 3 } value ? value : "\0");
    }

    [Fact]
    public void Resolve_OfAFolderOrBytesThatAreNoText_FindsNothing()
    {
        File.WriteAllBytes(PathOf("binary"), [0xFF, 0xFE, 0x00]);

        Problem($"file:{_folder.FullName}").Should().Contain("cannot be read");
        Problem($"file:{PathOf("binary")}").Should().Contain("base64");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Problem(string text)
    {
        SecretReference.Resolve(text, allowsLiterals: false, out var problem).Should().BeNull();
        return problem;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
