using System.Net;
using System.Xml.Linq;

namespace Digibee.Accounts;

/// <summary>A new bucket, and a client with the account it was made by.</summary>
internal sealed class S3Bucket : IAsyncDisposable
{
    private readonly AccountHttpClient _client;

    private S3Bucket(AccountHttpClient client, Uri uri)
    {
        _client = client;
        Uri = uri;
    }

    public Uri Uri { get; }

    public HttpClient Http => _client.Http;

    public AccountHttpClient Accounts => _client;

    public IAccountVault Vault => _client.Vault;

    /// <summary>Gives an object's URI.</summary>
    /// <param name="path">What stands behind the bucket's name and its slash.</param>
    public Uri this[string path] => new($"{Uri}/{path}");

    /// <summary>Gives an address for a bucket that nobody has made yet.</summary>
    public static Uri NewUri(Uri endpoint) => new(endpoint, $"bucket-{Guid.NewGuid():N}");

    public static async Task<S3Bucket> CreateAsync(Uri endpoint, AwsV4Account account)
    {
        var bucket = new S3Bucket(await AccountHttpClient.CreateAsync(account), NewUri(endpoint));
        using var created = await bucket.Http.PutAsync(bucket.Uri, content: null);
        created.StatusCode.Should().Be(HttpStatusCode.OK);
        return bucket;
    }

    /// <summary>Gives the code of an answer's error.</summary>
    public static async Task<string> CodeAsync(HttpResponseMessage response) => XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!.Element("Code")!.Value;

    /// <summary>Writes a small object.</summary>
    public async Task PutAsync(string path, string content)
    {
        using var put = await Http.PutAsync(this[path], new StringContent(content));
        put.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>Gives the keys of one page of the listing.</summary>
    /// <param name="query">The query as it is sent.</param>
    public async Task<string[]> ListAsync(string query = "")
    {
        var page = XDocument.Parse(await Http.GetStringAsync($"{Uri}?{query}"));
        return [.. page.Descendants().Where(static element => element.Name.LocalName == "Key").Select(static element => element.Value)];
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
