using System.Text;

namespace Digibee.Accounts;

/// <summary>Every parser of foreign text: it gives accounts that a save takes, lists what it leaves out, or refuses in its own words; and no more than that.</summary>
[Trait("Category", "Fuzz")]
public sealed class InterchangeFuzzTests
{
    private const string Marker = "hunter2hunter2";

    private static readonly byte[][] Netrc = Corpus($"machine a.example login u password {Marker}\n", $"default login u password \"{Marker}\\\"\"\n", $"macdef init\n {Marker}\n\nmachine b login u password p # x");

    private static readonly byte[][] Aws = Corpus($"[default]\naws_access_key_id = AKID\naws_secret_access_key = {Marker}\n[profile x]\nregion=eu\ns3 =\n  a = {Marker}\n", "[default]\nrole_arn=a\n[sso-session b]\n");

    private static readonly byte[][] Postman = Corpus(
        $$"""{"name":"x","values":[{"key":"a_user","value":"u"},{"key":"a_password","value":"{{Marker}}","type":"secret","enabled":true},{"key":"token","value":"{{Marker}}","type":"secret"}]}""");

    private static readonly byte[][] Json = Corpus(
        $$"""[{"name":"a","type":"basic","USERNAME":"u","PASSWORD":"{{Marker}}"}]""",
        $$"""{"name":"b","type":"smtp","HOST":"h","PORT":"587","STARTTLS_ENABLE":"true","AUTH":"false","PASSWORD":"{{Marker}}"}""",
        $$"""{"name":"c","type":"google-key","KEY":"{{Marker}}","SCOPES":["a","b"],"EXPIRATION-DATE":"01/02/2030","projects":"x,y","allowedOrigins":["https://a.example"]}""");

    [Fact]
    public void FromNetrc_OfAnyBytes_GivesAccountsOrItsOwnError() => Fuzzer.Run(Netrc, static input => Check(() => AccountImporters.FromNetrc(input)));

    [Fact]
    public void FromAwsProfiles_OfAnyBytes_GivesAccountsOrItsOwnError() => Fuzzer.Run(Aws, static input => Check(() => AccountImporters.FromAwsProfiles(input, input)));

    [Fact]
    public void FromPostmanEnvironment_OfAnyBytes_GivesAccountsOrItsOwnError() => Fuzzer.Run(Postman, static input => Check(() => AccountImporters.FromPostmanEnvironment(input)));

    [Fact]
    public void FromGoogleKeyFile_OfAnyBytes_GivesAccountsOrItsOwnError() => Fuzzer.Run([Encoding.UTF8.GetBytes(AccountSamples.GoogleKeyJson)], static input => Check(() => AccountImporters.FromGoogleKeyFile("a", input)));

    [Fact]
    public void Read_OfAnyBytes_GivesAccountsOrItsOwnError() => Fuzzer.Run(Json, static input => Check(() => new AccountImport(PlatformJson.Read(input), [])));

    [Fact]
    public void TryRead_OfAnyLine_GivesARowThatWritesTheSameOrNothing()
    {
        var line = """{"v":1,"name":"a","type":"basic","partition":"default/test","revision":7,"metadata":{"v":1,"origins":["https://a.example"]},"sealed":"/kRBAQEAAAA="}"""u8.ToArray();

        Fuzzer.Run([line], static input =>
        {
            if (SealedLine.TryRead(input) is { } record)
            {
                var output = new System.Buffers.ArrayBufferWriter<byte>();
                SealedLine.Write(record, output);
                var again = SealedLine.TryRead(output.WrittenSpan[..^1])!;
                again.Key.Should().Be(record.Key);
                again.Metadata.Span.SequenceEqual(record.Metadata.Span).Should().BeTrue();
                again.Payload.Span.SequenceEqual(record.Payload.Span).Should().BeTrue();
            }
        });
    }

    private static void Check(Func<AccountImport> read)
    {
        try
        {
            var import = read();
            string.Join(' ', import.Unsupported.Select(static problem => problem.Message)).Should().NotContain(Marker);
            foreach (var account in import.Accounts)
            {
                account.Inspected(new AccountLimits { ValueLength = 500_000 }).Problems.Should().BeEmpty();
            }
        }
        catch (AccountImportException exception)
        {
            string.Join(' ', exception.Problems.Select(static problem => problem.Message)).Should().NotContain(Marker);
        }
    }

    private static byte[][] Corpus(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
