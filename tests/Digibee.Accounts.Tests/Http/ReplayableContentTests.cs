namespace Digibee.Accounts;

public sealed class ReplayableContentTests
{
    [Theory]
    [MemberData(nameof(RepetitionTests.Contents), MemberType = typeof(RepetitionTests))]
    public void Is_OfEachKindOfContent_TellsWhetherItCanBeSentAgain(string kind, bool expected)
    {
        using var message = new HttpRequestMessage { Content = TestContents.Make(kind) };
        if (kind == "unseekable-but-marked")
        {
            message.AllowContentReplay();
        }

        ReplayableContent.Is(message).Should().Be(expected);
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("unseekable")]
    public void Is_OfAStreamWithALengthThatTheCallerWrote_LeavesTheLength(string kind)
    {
        using var message = new HttpRequestMessage { Content = TestContents.Make(kind) };
        message.Content!.Headers.ContentLength = 7;

        ReplayableContent.Is(message).Should().Be(kind == "stream");

        message.Content.Headers.ContentLength.Should().Be(7);
    }

    [Fact]
    public async Task Is_OfASeekableStream_LeavesItWhereItWas()
    {
        using var message = new HttpRequestMessage { Content = TestContents.Make("stream-from-the-middle") };

        ReplayableContent.Is(message).Should().BeTrue();

        (await message.Content!.ReadAsStringAsync()).Should().Be("body");
    }

    [Fact]
    public async Task Is_OfAnUnseekableStreamThatWasBuffered_IsTrue()
    {
        using var message = new HttpRequestMessage { Content = TestContents.Make("unseekable") };
        await message.Content!.LoadIntoBufferAsync();

        ReplayableContent.Is(message).Should().BeTrue();
    }
}
