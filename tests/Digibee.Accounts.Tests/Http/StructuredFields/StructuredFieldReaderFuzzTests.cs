using System.Text;

namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class StructuredFieldReaderFuzzTests
{
    private static readonly byte[][] Corpus =
    [
        .. ((string[])
        [
            "(\"foo\"; a=1;b=2);lvl=5, (\"bar\" \"baz\");lvl=1", "en=\"Applepie\", da=:w4ZibGV0w6ZydGU=:", "a=?0, b, c; foo=bar", "rating=1.5, feelings=(joy sadness)", "@1659578233", "%\"to %c3%bcsers.\"",
            "sig1=(\"@method\" \"content-digest\";req \"example-dict\";key=\"a\");created=1618884475;keyid=\"test\"", "-999999999999999", "\"a\\\"b\\\\c\"",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void TryRead_OfAnyText_NeverThrowsAndReadsWhatItWrote() => Fuzzer.Run(Corpus, static input =>
    {
        var text = Fuzzer.Text(input);
        foreach (var type in (string[])["item", "list", "dictionary"])
        {
            if (StructuredText.Canonical(type, text) is { } canonical)
            {
                StructuredText.Canonical(type, canonical).Should().Be(canonical, "of a {0}", type);
            }
        }
    });
}
