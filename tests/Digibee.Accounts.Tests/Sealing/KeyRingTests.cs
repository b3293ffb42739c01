using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Digibee.Accounts;

public sealed class KeyRingTests : IDisposable
{
    // The second and the first key of the format's known answers.
    private const string First = "dgbk1.d2e778c8ecd7203b.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    private const string Second = "dgbk1.770f71f0db124f75.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("digibee-accounts-");

    public static TheoryData<int> ForbiddenModes => [0b110_100_000, 0b110_010_000, 0b110_000_100, 0b110_000_010, 0b110_110_110, 0b100_100_100];

    public static TheoryData<int> AllowedModes => [0b110_000_000, 0b100_000_000, 0b111_000_000];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(First + " " + Second)]
    [InlineData("\r\n\t " + First + "\r\n\r\n" + Second + "\n")]
    [InlineData(First + "\v\f" + Second)]
    public void Parse_OfTextsApartByWhiteSpace_KeepsTheirOrder(string texts)
    {
        using var ring = KeyRing.Parse(texts);

        ring.KeyIds.Should().Equal("d2e778c8ecd7203b", "770f71f0db124f75");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    public void Parse_OfNoKey_SaysHowToMakeOne(string texts) => Refusal(() => KeyRing.Parse(texts)).Message.Should().Contain("There is no key").And.Contain("KeyRing.NewKeyText()");

    [Fact]
    public void Parse_OfNull_SaysHowToMakeAKey()
    {
        var parsing = () => KeyRing.Parse(null!);

        parsing.Should().Throw<ArgumentNullException>().WithMessage("*KeyRing.NewKeyText()*").WithParameterName("keyTexts");
    }

    [Fact]
    public void Parse_OfAWrongText_TellsItsPositionAndNotItsText()
    {
        var cut = Second[..^3];

        var refusal = Refusal(() => KeyRing.Parse($"{First} {cut}"));

        refusal.AccountName.Should().BeNull();
        refusal.Message.Should().Contain("Key 2 ").And.NotContain(cut[23..31]).And.NotContain("770f");
    }

    [Fact]
    public void Parse_OfTheSameKeyTwice_IsRefused() => Refusal(() => KeyRing.Parse($"{First} {Second} {First}")).Message.Should().Contain("Key 3 ").And.Contain("the same as key 1");

    [Fact]
    public void Parse_OfUpToSixtyFourKeys_TakesThemAndRefusesMore()
    {
        var texts = Enumerable.Range(0, 65).Select(static _ => KeyRing.NewKeyText()).ToArray();

        using var ring = KeyRing.Parse(string.Join(' ', texts[..64]));

        ring.KeyIds.Should().HaveCount(64);
        Refusal(() => KeyRing.Parse(string.Join(' ', texts))).Message.Should().Contain("more than 64 keys");
    }

    [Fact]
    public void Parse_OfTooMuchText_IsRefusedUnread() => Refusal(() => KeyRing.Parse(new string(' ', 65_537))).Message.Should().Contain("more than 65536 characters");

    [Fact]
    public void NewKeyText_EachTime_IsAnotherKeyThatParses()
    {
        var texts = Enumerable.Range(0, 50).Select(static _ => KeyRing.NewKeyText()).ToArray();

        using var ring = KeyRing.Parse(string.Join('\n', texts));

        texts.Should().OnlyContain(static text => text.Length == 66 && text.StartsWith("dgbk1."));
        ring.KeyIds.Should().Equal(texts.Select(static text => text.Substring(6, 16)));
    }

    [Fact]
    public void FromEnvironment_OfAVariable_ReadsIt()
    {
        const string Variable = "DIGIBEE_ACCOUNTS_TEST_KEYS";
        Environment.SetEnvironmentVariable(Variable, $"{First} {Second}");
        try
        {
            using var ring = KeyRing.FromEnvironment(Variable);

            ring.KeyIds.Should().HaveCount(2);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Fact]
    public void FromEnvironment_OfAVariableThatIsNotSet_NamesItAndWhatToDo() =>
        Refusal(() => KeyRing.FromEnvironment("DIGIBEE_ACCOUNTS_NOT_SET")).Message.Should().Contain("'DIGIBEE_ACCOUNTS_NOT_SET'").And.Contain("KeyRing.NewKeyText()");

    [Fact]
    public void FromEnvironmentAndFromFile_OfAKeyText_DoNotRepeatIt()
    {
        foreach (var reading in new Func<string, KeyRing>[] { KeyRing.FromEnvironment, KeyRing.FromFile })
        {
            var misuse = () => reading(First);

            misuse.Should().Throw<ArgumentException>().Which.ToString().Should().Contain("KeyRing.Parse").And.NotContain(First[23..31]);
        }
    }

    [Theory]
    [MemberData(nameof(AllowedModes))]
    public void FromFile_OfItsOwnersFile_ReadsIt(int mode)
    {
        var path = Write($"{First}\n{Second}\n", mode);

        using var ring = KeyRing.FromFile(path);

        ring.KeyIds.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(ForbiddenModes))]
    public void FromFile_ThatOthersMayReadOrWrite_SaysChmod600(int mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes here.");
        var path = Write(First, mode);

        Refusal(() => KeyRing.FromFile(path)).Message.Should().Contain($"chmod 600 '{path}'").And.NotContain(First[23..31]);
    }

    [Fact]
    public void FromFile_OfALink_ChecksTheFileItLeadsTo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes here.");
        var link = Path.Combine(_folder.FullName, "link");
        var path = Write(First, 0b110_000_000);
        File.CreateSymbolicLink(link, path);

        KeyRing.FromFile(link).Dispose();
        TestFile.SetMode(path, (UnixFileMode)0b110_100_000);

        Refusal(() => KeyRing.FromFile(link)).Message.Should().Contain("chmod 600");
    }

    [Fact]
    public void FromFile_ThatIsNotThere_SaysWhatToDo() =>
        Refusal(() => KeyRing.FromFile(Path.Combine(_folder.FullName, "none"))).Message.Should().Contain("There is no key file").And.Contain("KeyRing.NewKeyText()").And.Contain("mode 600");

    [Fact]
    public void FromFile_OfAFolder_IsRefused() => Refusal(() => KeyRing.FromFile(_folder.FullName)).Message.Should().Contain("cannot be opened");

    [Fact]
    public void FromFile_ThatIsTooLong_IsRefused() => Refusal(() => KeyRing.FromFile(Write(new string('\n', 70_000), 0b110_000_000))).Message.Should().Contain("more than 65536 characters");

    [Fact]
    public void FromFile_OfBytesThatAreNoText_TellsThePosition()
    {
        var path = Write(First, 0b110_000_000);
        File.WriteAllBytes(path, [.. File.ReadAllBytes(path), (byte)'\n', 0xFF, 0xFE, 0xC0, 0x85]);

        Refusal(() => KeyRing.FromFile(path)).Message.Should().Contain("Key 2 ").And.Contain(path);
    }

    [Fact]
    public void ToString_OfARing_ShowsIdsAndNoKey()
    {
        using var ring = KeyRing.Parse($"{First} {Second}");

        ring.ToString().Should().Be("KeyRing: 2 keys, seals with d2e778c8ecd7203b");
        JsonSerializer.Serialize(ring).Should().Be("""{"KeyIds":["d2e778c8ecd7203b","770f71f0db124f75"]}""");
    }

    [Fact]
    public void Dispose_OfARing_WipesEveryKey()
    {
        var ring = KeyRing.Parse($"{First} {Second}");
        var keys = Keys(ring).SelectMany(static key => new[] { Bytes(Expand(key)), Bytes(Hedge(key)) }).ToArray();
        var before = keys.Count(static key => key.AsSpan().ContainsAnyExcept((byte)0));

        ring.Dispose();
        ring.Dispose();

        before.Should().Be(4, "otherwise the test looks at the wrong memory");
        keys.Count(static key => key.AsSpan().ContainsAnyExcept((byte)0)).Should().Be(0);
        var sealing = () => ring.Primary;
        sealing.Should().Throw<ObjectDisposedException>();
    }

    private static AccountSealException Refusal(Func<KeyRing> making)
    {
        var refusal = making.Should().Throw<AccountSealException>().Which;
        refusal.Reason.Should().Be(AccountSealFailure.InvalidKey);
        refusal.InnerException.Should().BeNull();
        return refusal;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_keys")]
    private static extern ref RingKey[] Keys(KeyRing ring);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_expand")]
    private static extern ref KeyedHashPool Expand(RingKey key);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_hedge")]
    private static extern ref KeyedHashPool Hedge(RingKey key);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_key")]
    private static extern ref byte[] Bytes(KeyedHashPool pool);

    private string Write(string text, int mode)
    {
        var path = Path.Combine(_folder.FullName, "keys");
        File.WriteAllText(path, text);
        TestFile.SetMode(path, (UnixFileMode)mode);
        return path;
    }
}
