using System.Text;

namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class ReceivedSignatureReaderFuzzTests
{
    private static readonly byte[][] Corpus =
    [
        .. ((string[])
        [
            "sig1=(\"@method\" \"@authority\" \"content-digest\";req \"example-dict\";key=\"a\" \"@query-param\";name=\"x\");created=1618884475;expires=1618884480;nonce=\"n\";alg=\"ed25519\";keyid=\"k\";tag=\"t\"",
            "a=(), b=(\"date\";bs \"expires\";tr \"priority\";sf)", "/a%2Fb?x=%20a+b&y&=&x=1", "http://example.com?b", "*", "example.com:443",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Read_OfAnySignatureOfAnyMessage_GivesABaseOrAReason() => Fuzzer.Run(Corpus, static input =>
    {
        var text = Fuzzer.Text(input);
        var message = new TestMessage
        {
            RequestTarget = text,
            ["signature-input"] = [text],
            ["signature"] = ["sig1=:AAAA:, a=:AAAA:, b=:AAAA:"],
            ["example-dict"] = [text],
            ["date"] = [text],
        };

        var unreadable = ReceivedSignatureReader.Read(message, label: null, out var signatures);

        (unreadable is null).Should().Be(signatures.Count > 0);
        foreach (var component in signatures.SelectMany(static signature => signature.Components))
        {
            var workspace = SignatureWorkspace.Take();
            var problem = workspace.WriteLine(component, message, MessageVerification.Default.StructuredFields);
            var line = Encoding.UTF8.GetString(workspace.Base.Written);
            workspace.GiveBack();
            (problem is not null || (line.EndsWith('\n') && line.AsSpan().Count('\n') == 1 && !line.AsSpan(0, line.Length - 1).ContainsAnyExceptInRange('\t', '~'))).Should().BeTrue("of {0}", line);
        }
    });
}
