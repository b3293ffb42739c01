using System.Text;

namespace Digibee.Accounts;

/// <summary>Errors as services write them: S3, the query protocol, JSON protocols, API Gateway.</summary>
public sealed class AwsV4AnswerTests
{
    private const string Message = "The request signature we calculated does not match the signature you provided.\\n\\nThe Canonical String for this request should have been\\n'GET\\n/'\\n\\nThe String-to-Sign should have been\\n'AWS4'";

    [Theory]
    [InlineData(null, "<?xml version=\"1.0\"?>\n<Error><Code>RequestTimeTooSkewed</Code><Message>no</Message></Error>", "RequestTimeTooSkewed")]
    [InlineData(null, "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code></Error></ErrorResponse>", "SignatureDoesNotMatch")]
    [InlineData(null, "{\"__type\":\"com.amazon.coral.service#InvalidSignatureException\",\"message\":\"no\"}", "InvalidSignatureException")]
    [InlineData(null, " \r\n{\"code\":\"RequestExpired\"}", "RequestExpired")]
    [InlineData("InvalidSignatureException:http://internal.amazon.com/coral/", "{}", "InvalidSignatureException")]
    [InlineData("InvalidSignatureException", "not JSON", "InvalidSignatureException")]
    [InlineData("A", "<Error><Code>B</Code></Error>", "A")]
    [InlineData(null, "{\"__type\":7}", null)]
    [InlineData(null, "{\"__type\":\"\\ud800\"}", null)]
    [InlineData(null, "{\"__type\":\"A", null)]
    [InlineData(null, "<Error><Code>A", null)]
    [InlineData(null, "", null)]
    public void Read_OfAnError_FindsItsCode(string? errorType, string body, string? expected) =>
        AwsV4Answer.Read(errorType, Encoding.UTF8.GetBytes(body)).Code.Should().Be(expected);

    [Theory]
    [InlineData("<Error><CanonicalRequest>GET\n/a&amp;b&#13;\n</CanonicalRequest></Error>", "GET\n/a&b\r\n")]
    [InlineData($"{{\"message\":\"{Message}\"}}", "GET\n/")]
    [InlineData($"{{\"Message\":\"{Message}\"}}", "GET\n/")]
    [InlineData("<Error><Message>The Canonical String for this request should have been\n'GET\n/'\n\nThe String-to-Sign should</Message></Error>", "GET\n/")]
    [InlineData("<Error><Message>The Canonical String for this request should have been\n'GET</Message></Error>", null)]
    [InlineData("<Error><Message>no</Message></Error>", null)]
    [InlineData("<Error><CanonicalRequest>GET", null)]
    public void Read_OfAnError_FindsTheCanonicalRequest(string body, string? expected) =>
        AwsV4Answer.Read(null, Encoding.UTF8.GetBytes(body)).CanonicalRequest.Should().Be(expected);

    [Theory]
    [InlineData("SignatureDoesNotMatch", "SignatureDoesNotMatch")]
    [InlineData("a server's own text", null)]
    public void KnownCode_OfAnError_IsNoTextOfTheServers(string code, string? expected) => new AwsV4Answer(code, null).KnownCode.Should().Be(expected);
}
