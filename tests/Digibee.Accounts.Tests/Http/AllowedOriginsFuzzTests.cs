using System.Text;

namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class AllowedOriginsFuzzTests
{
    private static readonly byte[][] Corpus =
    [
        .. ((string[])
        [
            "https://api.crm.example", "https://*.shop.example:8443", "http://intranet:8080", "https://*", "https://[2001:db8::1]:8443", "https://192.0.2.1", "https://0x7f.1", "https://2130706433",
            "https://gööd.example", "https://a\u3002example.", "https://good@evil", "https://xn--gd-fkaa.example", "https://a/b", "https://a?b", "https://[fe80::1%25eth0]", "https://a.0xff",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Create_OfAnyText_RefusesItOrWritesItInAFormThatReadsTheSame() => Fuzzer.Run(Corpus, static input =>
    {
        AllowedOrigins origins;
        try
        {
            origins = [Fuzzer.Text(input)];
        }
        catch (ArgumentException exception) when (exception.ParamName == "origins")
        {
            return;
        }

        AllowedOrigins.Create([origins[0]]).Equals(origins).Should().BeTrue("{0} reads as it was meant", origins[0]);
        origins[0].Should().Match(static text => text.All(char.IsAscii)).And.NotContainAny("@", " ", "\n");
    });

    [Fact]
    public void Contains_OfAnyUri_IsTrueForThatHostAlone()
    {
        AllowedOrigins origins = ["https://good.example"];

        Fuzzer.Run([.. Corpus, "https://good.example/path?x#y"u8.ToArray(), "https://user@good.example:443"u8.ToArray(), "https://good.example.:443/"u8.ToArray()], input =>
        {
            if (TryCreate(Fuzzer.Text(input)) is { } uri && origins.Contains(uri))
            {
                // What the platform resolves and puts into SNI.
                uri.IdnHost.TrimEnd('.').ToLowerInvariant().Should().Be("good.example");
                (uri.Scheme, uri.Port, uri.UserInfo).Should().Be(("https", 443, ""));
            }
        });
    }

    private static Uri? TryCreate(string text)
    {
        try
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null;
        }
        catch (IndexOutOfRangeException)
        {
            // The platform's own parser, on UNC paths that begin with an embedding mark: "//////" and U+202A.
            return null;
        }
    }
}
