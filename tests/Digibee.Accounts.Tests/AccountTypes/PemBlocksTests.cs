using System.Diagnostics;
using System.Text;

namespace Digibee.Accounts;

public sealed class PemBlocksTests
{
    [Fact]
    public void MoveNext_OverTextBetweenBlocks_FindsEachOfThem()
    {
        const string Text = "junk -----BEGIN A-----\r\none\r\n-----END A----- junk\n-----BEGIN B C-----two-----END B C-----";

        Read(Text).Should().Equal(("A", "\r\none\r\n"), ("B C", "two"));
    }

    [Theory]
    [InlineData("-----BEGIN A-----\n")]
    [InlineData("-----BEGIN A")]
    [InlineData("-----BEGIN -----\n-----END -----")]
    [InlineData("-----BEGIN A-----\n-----END B-----")]
    [InlineData("-----BEGIN A-----\n-----END A----")]
    [InlineData("-----BEGIN A-----\n-----BEGIN A-----\n-----END A-----")]
    public void MoveNext_OverABlockWithoutItsEnd_StopsAndSaysSo(string text)
    {
        var blocks = new PemBlocks(Encoding.UTF8.GetBytes(text));

        blocks.MoveNext().Should().BeFalse();
        blocks.IsBroken.Should().BeTrue();
    }

    [Fact]
    public void MoveNext_OverTextWithoutBlocks_StopsWithoutComplaint()
    {
        var blocks = new PemBlocks("---- BEGIN SSH2 PUBLIC KEY ----"u8);

        blocks.MoveNext().Should().BeFalse();
        blocks.IsBroken.Should().BeFalse();
    }

    [Theory]
    [InlineData("-----BEGIN A-----\n")]
    [InlineData("-----BEGIN ")]
    [InlineData("-----BEGIN A----------END A-----")]
    public void Of_AMegabyteOfBeginnings_TakesTimeInProportion(string piece)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)));
        var clock = Stopwatch.StartNew();

        _ = PemContent.Of(text);

        // Quadratic time would be minutes.
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    private static List<(string Label, string Body)> Read(string text)
    {
        var found = new List<(string, string)>();
        var blocks = new PemBlocks(Encoding.UTF8.GetBytes(text));
        while (blocks.MoveNext())
        {
            found.Add((Encoding.UTF8.GetString(blocks.Label), Encoding.UTF8.GetString(blocks.Body)));
        }

        blocks.IsBroken.Should().BeFalse();
        return found;
    }
}
