using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>Uploads in signed chunks, read back by code that shares nothing with the signer.</summary>
public sealed class AwsV4ChunkedContentTests : NetworkTest
{
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static readonly string Body = string.Concat(Enumerable.Range(0, 20_000).Select(static i => i.ToString(CultureInfo.InvariantCulture)));

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    public static IEnumerable<TheoryDataRow<string>> Encodings => AwsV4Vectors.TableIds("aws-chunked-content-encoding");

    [Theory]
    [InlineData(AwsV4TrailingChecksum.None, true)]
    [InlineData(AwsV4TrailingChecksum.None, false)]
    [InlineData(AwsV4TrailingChecksum.Crc32C, true)]
    [InlineData(AwsV4TrailingChecksum.Sha256, false)]
    public async Task SendAsync_InSignedChunks_IsReadBackAndVerified(AwsV4TrailingChecksum checksum, bool isAsync)
    {
        using var content = new StringContent(Body);
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = content };

        await SendAsync(request, new AwsV4Signing { Payload = AwsV4PayloadSigning.SignedChunks, TrailingChecksum = checksum }, isAsync);

        var received = Network.Request;
        new AwsV4Verifier(SecretKey).Refuse(received, isS3: true).Should().BeNull();
        received.Header("x-amz-content-sha256").Should().Be(checksum == AwsV4TrailingChecksum.None ? "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" : "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
        received.Header("x-amz-decoded-content-length").Should().Be(Body.Length.ToString(CultureInfo.InvariantCulture));
        received.Header("content-encoding").Should().Be("aws-chunked");
        received.Header("content-type").Should().Be("text/plain; charset=utf-8");
        received.Header("content-length").Should().Be(received.Body.Length.ToString(CultureInfo.InvariantCulture));
        received.Header("x-amz-trailer").Should().Be(checksum switch
        {
            AwsV4TrailingChecksum.None => null,
            AwsV4TrailingChecksum.Crc32C => "x-amz-checksum-crc32c",
            _ => "x-amz-checksum-sha256",
        });
        Decode(received, out var trailer).Should().Be(Body);
        trailer.Should().Be(checksum switch
        {
            AwsV4TrailingChecksum.None => "",
            AwsV4TrailingChecksum.Sha256 => $"x-amz-checksum-sha256:{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Body)))}",
            _ => trailer,
        });
        request.Content.Should().BeSameAs(content);
        content.Headers.ContentEncoding.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_OfAStreamThatCanBeReadOnce_NeedsItsLengthAndNothingElse()
    {
        using var content = new StreamContent(new UnseekableStream(Encoding.UTF8.GetBytes(Body)));
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = content };
        using var again = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = content };
        var signing = new AwsV4Signing { Payload = AwsV4PayloadSigning.SignedChunks };

        var error = (await FluentActions.Awaiting(() => SendAsync(request, signing)).Should().ThrowAsync<AccountUnavailableException>()).Which;
        Network.Requests.Should().BeEmpty();
        content.Headers.ContentLength = Body.Length;
        await SendAsync(again, signing);

        error.Message.Should().Contain("length is not known");
        Decode(Network.Request, out _).Should().Be(Body);
    }

    [Fact]
    public async Task SendAsync_ToAnotherServiceThanS3_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = new StringContent(Body) };

        var error = (await FluentActions.Awaiting(() => SendAsync(request, new AwsV4Signing { Service = "sqs", Payload = AwsV4PayloadSigning.SignedChunks })).Should().ThrowAsync<AccountUnavailableException>()).Which;

        error.Message.Should().Contain("only S3 takes");
        Network.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithoutABody_IsSignedAsAnyOther()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/k");

        await SendAsync(request, new AwsV4Signing { Payload = AwsV4PayloadSigning.SignedChunks });

        new AwsV4Verifier(SecretKey).Refuse(Network.Request, isS3: true).Should().BeNull();
        Network.Request.Header("x-amz-content-sha256").Should().Be(AwsV4Case.Hash(""));
    }

    [Fact]
    public async Task SendAsync_ToARedirect_SignsTheChunksAgain()
    {
        Network.Redirect("/first", 307, "/second");
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/first") { Content = new StringContent(Body) };

        await SendAsync(request, new AwsV4Signing { Payload = AwsV4PayloadSigning.SignedChunks });

        Network.Requests.Should().HaveCount(2);
        Network.Requests.Select(received => new AwsV4Verifier(SecretKey).Refuse(received, isS3: true)).Should().OnlyContain(static refusal => refusal == null);
        Network.Requests.Select(received => Decode(received, out _)).Should().OnlyContain(static body => body == Body);
    }

    [Fact]
    public async Task SendAsync_WithRegions_SignsEachChunkWithTheEllipticCurveKey()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example/k") { Content = new StringContent(Body) };

        await SendAsync(request, new AwsV4Signing { Payload = AwsV4PayloadSigning.SignedChunks, TrailingChecksum = AwsV4TrailingChecksum.Sha256, RegionSet = ["*"] });

        var received = Network.Request;
        received.Header("x-amz-content-sha256").Should().Be("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER");
        received.Header("x-amz-region-set").Should().Be("*");
        received.Header("authorization").Should().StartWith("AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20261125/s3/aws4_request, SignedHeaders=");
        received.Header("content-length").Should().Be(received.Body.Length.ToString(CultureInfo.InvariantCulture));
        received.Body.Split(";chunk-signature=")[1..].Should().OnlyContain(static rest => rest.IndexOf("\r\n", StringComparison.Ordinal) == 144);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void EncodingOf_WhatTheCallerGave_PutsTheChunksFirst(string id)
    {
        var row = AwsV4Vectors.Row("aws-chunked-content-encoding", id);

        AwsV4ChunkedContent.EncodingOf(row.Text("given")).Should().Be(row.Text("sent"));
    }

    // Reads the chunks as a service does, each against the signature before it.
    private static string Decode(RecordedRequest received, out string trailer)
    {
        var authorization = received.Header("authorization")!;
        var scope = authorization.Split("Credential=")[1].Split(',')[0].Split('/', 2)[1];
        var start = $"\n{received.Header("x-amz-date")}\n{scope}\n";
        var signature = authorization.Split("Signature=")[1];
        var rest = received.Body;
        var body = new StringBuilder();
        while (true)
        {
            var head = rest[..rest.IndexOf("\r\n", StringComparison.Ordinal)];
            var length = int.Parse(head.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            var data = rest.Substring(head.Length + 2, length);
            signature = AwsV4Verifier.Sign(SecretKey, scope, $"AWS4-HMAC-SHA256-PAYLOAD{start}{signature}\n{AwsV4Case.Hash("")}\n{AwsV4Case.Hash(data)}");
            head.Should().Be($"{length:x};chunk-signature={signature}");
            body.Append(data);
            rest = rest[(head.Length + 2 + length)..];
            if (length == 0)
            {
                break;
            }

            rest[..2].Should().Be("\r\n");
            rest = rest[2..];
        }

        trailer = rest == "\r\n" ? "" : rest[..rest.IndexOf("\r\n", StringComparison.Ordinal)];
        if (trailer.Length > 0)
        {
            signature = AwsV4Verifier.Sign(SecretKey, scope, $"AWS4-HMAC-SHA256-TRAILER{start}{signature}\n{AwsV4Case.Hash(trailer + "\n")}");
            rest.Should().Be($"{trailer}\r\nx-amz-trailer-signature:{signature}\r\n\r\n");
        }

        return body.ToString();
    }

    private async Task SendAsync(HttpRequestMessage request, AwsV4Signing signing, bool isAsync = true)
    {
        await using var accounts = DigibeeAccounts.Create(builder => builder
            .Configure(static options => options.Environment = "test")
            .UseInMemoryStore()
            .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()))
            .Services.AddSingleton<TimeProvider>(_time));
        await accounts.Vault.SaveAsync(new AwsV4Account
        {
            Name = "aws",
            AccessKeyId = "AKIDEXAMPLE",
            SecretAccessKey = new Secret(SecretKey),
            Service = "s3",
            Region = "us-east-1",
            AllowedOrigins = ["https://api.example"],
        });
        using var client = Client(accounts, "aws");
        request.UseAccount("aws", signing);
        using var response = isAsync ? await client.SendAsync(request) : client.Send(request);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
