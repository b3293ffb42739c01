using System.Text;

namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class KeyRingFuzzTests
{
    private const int Piece = 12;

    [Fact]
    public void Parse_OfMutatedKeyTexts_GivesARingOrInvalidKeyWithoutTheText()
    {
        var one = KeyRing.NewKeyText();
        var two = KeyRing.NewKeyText();
        byte[][] corpus = [Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes($"{one}\n{two}\n"), Encoding.UTF8.GetBytes($" \t{two} {one}"), "dgbk1."u8.ToArray(), []];

        Fuzzer.Run(corpus, input =>
        {
            var text = Fuzzer.Text(input);
            try
            {
                using var ring = KeyRing.Parse(text);
                var canonical = ring.KeyIds.Select(id => $"dgbk1.{id}.");
                canonical.Should().OnlyContain(start => text.Contains(start, StringComparison.Ordinal));
            }
            catch (AccountSealException refusal)
            {
                refusal.Reason.Should().Be(AccountSealFailure.InvalidKey);
                refusal.InnerException.Should().BeNull();
                Pieces(one).Concat(Pieces(two)).Should().NotContain(piece => refusal.Message.Contains(piece, StringComparison.Ordinal));
            }
        });
    }

    private static IEnumerable<string> Pieces(string keyText) => Enumerable.Range(0, keyText.Length - Piece).Select(at => keyText.Substring(at, Piece));
}
