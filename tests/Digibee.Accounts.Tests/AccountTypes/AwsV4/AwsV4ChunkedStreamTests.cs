using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Bodies in signed chunks, to the byte, against what AWS documents and its own library tests.</summary>
public sealed class AwsV4ChunkedStreamTests
{
    // Skipped, as all vectors are, where they are not there.
    public static IEnumerable<TheoryDataRow<string>> Documentation => AwsV4Vectors.Files("s3-docs", kind: "chunked");

    public static IEnumerable<TheoryDataRow<string>> Chunked => [.. Documentation, .. AwsV4Vectors.Files("inline", kind: "chunked")];

    public static IEnumerable<TheoryDataRow<string>> Asymmetric => AwsV4Vectors.Files("inline", algorithm: "AWS4-ECDSA-P256-SHA256", kind: "chunked-v4a");

    public static IEnumerable<TheoryDataRow<string>> Trailers => AwsV4Vectors.Files("inline", location: null, algorithm: null, kind: "trailer");

    [Theory]
    [MemberData(nameof(Documentation))]
    public async Task WriteAsync_OfTheExampleOfTheDocumentation_GivesItsBody(string path)
    {
        var file = AwsV4Vectors.Json(AwsV4Vectors.PathOf(path));
        var expected = file.GetProperty("expected");
        var body = Enumerable.Repeat((byte)'a', 66_560).ToArray();
        var inOnePiece = new MemoryStream();
        var inPieces = new MemoryStream();

        await using (var chunks = Stream(file, inOnePiece, body.Length))
        {
            await chunks.WriteAsync(body);
            await chunks.FlushAsync();
            await chunks.FinishAsync(default);
        }

        await using (var chunks = Stream(file, inPieces, body.Length))
        {
            foreach (var piece in body.Chunk(7_001))
            {
                chunks.Write(piece);
                chunks.Flush();
            }

            chunks.Finish();
        }

        var sent = expected.GetProperty("chunks").EnumerateArray().Select(static chunk => chunk.Text("header_line") + new string('a', chunk.GetProperty("data_repeat")[1].GetInt32()) + "\r\n").ToArray();
        var text = string.Concat(sent[..^1]) + expected.GetProperty("chunks")[sent.Length - 1].Text("header_line") + expected.GetProperty("trailer").Text("wire");
        Encoding.ASCII.GetString(inOnePiece.ToArray()).Should().Be(text);
        Encoding.ASCII.GetString(inPieces.ToArray()).Should().Be(text);
        inOnePiece.Length.Should().Be(expected.GetProperty("encoded_length").GetInt64());
        AwsV4BodyLength.Encoded(body.Length, isRegional: true, AwsV4TrailingChecksum.Crc32C).Should().Be(inOnePiece.Length);
    }

    [Theory]
    [MemberData(nameof(Chunked))]
    public void SignChunk_OfAPublishedChain_GivesEachSignature(string path)
    {
        var file = AwsV4Vectors.Json(AwsV4Vectors.PathOf(path));
        var expected = file.GetProperty("expected");
        using var signer = Signer(file);

        var signatures = expected.GetProperty("chunks").EnumerateArray().Select(chunk => Encoding.ASCII.GetString(signer.SignChunk(Data(chunk)))).ToArray();
        var trailer = Encoding.ASCII.GetString(signer.SignTrailer(Encoding.ASCII.GetBytes(expected.GetProperty("trailer").Text("canonical"))));

        signatures.Should().Equal(expected.GetProperty("chunks").EnumerateArray().Select(static chunk => chunk.Text("signature")));
        trailer.Should().Be(expected.GetProperty("trailer").Text("signature"));
    }

    [Theory]
    [MemberData(nameof(Trailers))]
    public void SignTrailer_OfAPublishedTrailer_GivesItsSignature(string path)
    {
        var file = AwsV4Vectors.Json(AwsV4Vectors.PathOf(path));
        using var signer = Signer(file, file.Text("previous_signature"));

        var signature = Encoding.ASCII.GetString(signer.SignTrailer(Encoding.ASCII.GetBytes(file.Text("canonical_trailer"))));

        signature.Should().Be(file.GetProperty("expected").Text("signature"));
    }

    [Theory]
    [MemberData(nameof(Asymmetric))]
    public void SignChunk_OfAPublishedAsymmetricChain_IsVerifiedAndPadded(string path)
    {
        var file = AwsV4Vectors.Json(AwsV4Vectors.PathOf(path));
        var expected = file.GetProperty("expected");
        using var publicKey = AwsV4PublicKey.Of(file.GetProperty("public_key"));
        var previous = "3045022100aa";
        using var signer = Signer(file, previous);

        var templates = expected.GetProperty("chunk_string_to_sign_template").EnumerateArray().Select(static template => template.GetString()!).ToArray();
        for (var i = 0; i < templates.Length; i++)
        {
            var sent = Encoding.ASCII.GetString(signer.SignChunk(Enumerable.Repeat((byte)'a', i switch { 0 => 65_536, 1 => 1_024, _ => 0 }).ToArray()));
            Verify(sent, templates[i]);
        }

        if (expected.TryGetProperty("trailer_string_to_sign_template", out var template))
        {
            Verify(Encoding.ASCII.GetString(signer.SignTrailer("first:1st\nsecond:2nd\nthird:3rd\n"u8)), template.GetString()!);
        }

        void Verify(string sent, string template)
        {
            sent.Should().HaveLength(144);
            var signature = sent.TrimEnd('*');
            AwsV4PublicKey.Verifies(publicKey, template.Replace("{previous_signature}", previous, StringComparison.Ordinal), signature).Should().BeTrue();
            previous = signature;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(131_072)]
    [InlineData(200_000)]
    public void Encoded_OfAnyLength_IsWhatIsWritten(int length)
    {
        foreach (var isRegional in new[] { true, false })
        {
            foreach (var checksum in Enum.GetValues<AwsV4TrailingChecksum>())
            {
                var target = new MemoryStream();
                using var signer = new AwsV4ChunkSigner(Key(isRegional), Instant, "seed");
                using var sum = checksum == AwsV4TrailingChecksum.None ? null : new AwsV4Checksum(checksum);
                using var chunks = new AwsV4ChunkedStream(target, signer, sum, new AwsV4BodyLength(length, "aws"));

                chunks.Write(new byte[length]);
                chunks.Finish();

                AwsV4BodyLength.Encoded(length, isRegional, checksum).Should().Be(target.Length, "of {0}, regional {1}, {2}", length, isRegional, checksum);
            }
        }
    }

    [Fact]
    public void Write_OfMoreOrLessThanItsLength_IsRefused()
    {
        using var signer = new AwsV4ChunkSigner(Key(isRegional: true), Instant, "seed");
        var target = new MemoryStream();
        var tooMuch = new AwsV4ChunkedStream(target, signer, checksum: null, new AwsV4BodyLength(3, "aws"));
        var tooLittle = new AwsV4ChunkedStream(target, signer, checksum: null, new AwsV4BodyLength(3, "aws"));
        tooLittle.Write([1, 2]);

        tooMuch.Invoking(static stream => stream.Write([1, 2, 3, 4])).Should().Throw<AccountUnavailableException>().WithMessage("*'aws'*Content-Length*");
        tooLittle.Invoking(static stream => stream.Finish()).Should().Throw<AccountUnavailableException>();

        // Nothing that a server could take for the whole body.
        target.Length.Should().Be(0);
    }

    private static AwsV4Instant Instant { get; } = new(new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));

    private static byte[] Data(JsonElement chunk) => [.. Enumerable.Repeat((byte)chunk.GetProperty("data_repeat")[0].GetString()![0], chunk.GetProperty("data_repeat")[1].GetInt32())];

    private static AwsV4ChunkedStream Stream(JsonElement file, Stream target, long length) =>
        new(target, Signer(file), new AwsV4Checksum(AwsV4TrailingChecksum.Crc32C), new AwsV4BodyLength(length, "aws"));

    private static AwsV4ChunkSigner Signer(JsonElement file, string? previous = null)
    {
        var credentials = file.GetProperty("credentials");
        var account = new AwsV4Account { Name = "aws", AccessKeyId = credentials.Text("access_key_id"), SecretAccessKey = new Secret(credentials.Text("secret_access_key")) };
        var isAsymmetric = file.TryGetProperty("algorithm", out var algorithm) && algorithm.GetString() == "AWS4-ECDSA-P256-SHA256";
        var instant = new AwsV4Instant(DateTimeOffset.ParseExact(file.Text("timestamp"), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        using var keys = AwsV4SigningKeys.Create(TestSource.Opened(account));
        var key = keys.DeriveAnew(new AwsV4CredentialScope(instant, isAsymmetric ? "" : file.Text("region"), file.Text("service")));
        return new AwsV4ChunkSigner(key, instant, previous ?? file.GetProperty("expected").Text("seed_signature"));
    }

    private static AwsV4Signer Key(bool isRegional)
    {
        using var keys = AwsV4SigningKeys.Create(TestSource.Opened(new AwsV4Account { Name = "aws", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret("s3cr3t") }));
        return keys.DeriveAnew(new AwsV4CredentialScope(Instant, isRegional ? "us-east-1" : "", "s3"));
    }
}
