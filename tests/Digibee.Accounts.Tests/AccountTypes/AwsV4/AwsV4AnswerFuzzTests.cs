using System.Text;

namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class AwsV4AnswerFuzzTests
{
    private const string Token = "FwoGZXIvYXdzEXAMPLEsessiontoken";

    private const string Signed = $"GET\n/a\nb=c\nhost:api.example\nx-amz-date:20261125T120000Z\nx-amz-security-token:{Token}\n\nhost;x-amz-date;x-amz-security-token\ne3b0c442";

    [Fact]
    public void Read_AndDescribe_OfAnyAnswer_EndInTextWithoutTheToken()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example/a?b=c");
        message.Headers.Add("X-Amz-Security-Token", Token);
        var account = new AwsV4Account { Name = "aws", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret("s3cr3t") };
        var request = new AccountRequest(new AccountReference("aws"), TestSource.Opened(account), typeHandler: null!, new MessageChanges(message), attempt: 0);
        byte[][] corpus =
        [
            Encoding.UTF8.GetBytes($"<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>{Signed}</CanonicalRequest></Error>"),
            Encoding.UTF8.GetBytes($"<Error><CanonicalRequest>{Signed.Replace("/a", $"/{Token}", StringComparison.Ordinal)}</CanonicalRequest></Error>"),
            Encoding.UTF8.GetBytes($$"""{"__type":"a#b","message":"The Canonical String for this request should have been\n'{{Signed.Replace("\n", "\\n", StringComparison.Ordinal)}}'\n\nThe String-to-Sign"}"""),
        ];

        Fuzzer.Run(corpus, input =>
        {
            var answer = AwsV4Answer.Read(null, input);

            if (answer.CanonicalRequest is { } theirs)
            {
                var text = AwsV4Difference.Describe(request, Signed, theirs);
                text.Should().NotContainEquivalentOf(Token[..8]).And.NotContainEquivalentOf(Token[^8..]);
                text.Length.Should().BeLessThan(20_000);
            }
        });
    }
}
