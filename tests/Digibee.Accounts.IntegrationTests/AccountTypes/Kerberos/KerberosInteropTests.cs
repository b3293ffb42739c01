using System.Net;
using System.Text.RegularExpressions;

namespace Digibee.Accounts;

/// <summary>Our tokens in the hands of others: MIT's own tools get the same ticket by the same keytab, and a server with a replay cache takes each token once.</summary>
[Collection<KerberosServer>]
public sealed partial class KerberosInteropTests(KerberosServer server)
{
    [Theory]
    [InlineData("aes128-cts-hmac-sha1-96")]
    [InlineData("aes256-cts-hmac-sha1-96")]
    [InlineData("aes128-cts-hmac-sha256-128")]
    [InlineData("aes256-cts-hmac-sha384-192")]
    public async Task Token_OfAKeytab_CarriesTheTicketThatKvnoGets(string encryptionType)
    {
        var realm = server.Realm;
        var name = $"kvno-{encryptionType}";
        await realm.AddAsync(name, encryptionType);

        var token = await KerberosToken.CatchAsync(realm.Account(name));

        var cache = $"FILE:{realm.Folder}/{name}.cache";
        await realm.RunAsync("kinit", "-c", cache, "-k", "-t", $"{realm.Folder}/{name}.keytab", name);
        var kvno = await realm.RunAsync("kvno", "-c", cache, "HTTP/localhost");
        var list = await realm.RunAsync("klist", "-e", "-c", cache);
        $"{token.Service}: kvno = {token.ServiceKey.Version}".Should().Be(kvno.Trim());
        NameOf(token.ServiceKey.Type).Should().Be(TicketTypes().Matches(list)[^1].Groups["ticket"].Value);
    }

    [Fact]
    public async Task Token_SentTwice_IsTakenOnceByAServerThatRemembersThem()
    {
        await using var realm = await KerberosTestRealm.StartAsync(keepsReplays: true);
        var token = await KerberosToken.CatchAsync(realm.Account("svc-one"));
        using var plain = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        (await SendAsync()).Should().Be(HttpStatusCode.OK);
        (await SendAsync()).Should().Be(HttpStatusCode.Unauthorized);
        (await File.ReadAllTextAsync($"{realm.Folder}/error.log")).Should().Contain("Request is a replay");

        async Task<HttpStatusCode> SendAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, realm.Url);
            request.Headers.TryAddWithoutValidation("Authorization", token.Header).Should().BeTrue();
            using var response = await plain.SendAsync(request);
            return response.StatusCode;
        }
    }

    // No two of them have the same time, which would make one the replay of another.
    [Fact]
    public async Task Requests_OfEightAtOnce_AreNoReplaysOfEachOther()
    {
        await using var realm = await KerberosTestRealm.StartAsync(keepsReplays: true);
        await using var accounts = await AccountHttpClient.CreateAsync(realm.Account("svc-one"));

        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, token) =>
        {
            using var response = await accounts.Http.GetAsync(realm.Url, token);
            response.StatusCode.Should().Be(HttpStatusCode.OK);
        });
    }

    private static string NameOf(int encryptionType) => encryptionType switch
    {
        17 => "aes128-cts-hmac-sha1-96",
        18 => "aes256-cts-hmac-sha1-96",
        19 => "aes128-cts-hmac-sha256-128",
        20 => "aes256-cts-hmac-sha384-192",
        _ => "another",
    };

    [GeneratedRegex(@"Etype \(skey, tkt\): [^,]+, (?<ticket>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TicketTypes();
}
