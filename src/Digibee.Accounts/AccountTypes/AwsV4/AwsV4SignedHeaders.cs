using System.Globalization;
using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>Collects the headers of a message that are signed, with their values as they are sent.</summary>
internal static class AwsV4SignedHeaders
{
    private const string ContentLength = "Content-Length";
    private const string Host = "Host";

    /// <exception cref="AccountUnavailableException">A value is read by services in different ways, or is not known yet.</exception>
    public static void Collect(AwsV4HeaderLines lines, AccountRequest request, AwsV4Signing signing)
    {
        Add(lines, request, Host, HostLine.Of(request));
        foreach (var (name, value) in request.Headers)
        {
            if (AwsV4HeaderRules.IsSigned(name, signing) && !name.Equals(Host, StringComparison.OrdinalIgnoreCase))
            {
                Add(lines, request, name, value.ToString());
            }
        }

        if (request.Content is { } content)
        {
            Collect(lines, request, content.Headers, signing);
        }

        if (AwsV4HeaderRules.IsSigned(ContentLength, signing))
        {
            AddContentLength(lines, request);
        }
    }

    private static void Collect(AwsV4HeaderLines lines, AccountRequest request, HttpContentHeaders headers, AwsV4Signing signing)
    {
        foreach (var (name, value) in headers.NonValidated)
        {
            if (AwsV4HeaderRules.IsOwn(name))
            {
                throw AwsV4Refusal.OwnHeaderOnContent(request, name);
            }

            if (AwsV4HeaderRules.IsSigned(name, signing) && !name.Equals(ContentLength, StringComparison.OrdinalIgnoreCase))
            {
                Add(lines, request, name, value.ToString());
            }
        }
    }

    // It is among the headers only once somebody has asked for it, and is not sent with chunks.
    private static void AddContentLength(AwsV4HeaderLines lines, AccountRequest request)
    {
        if (request.Content is null && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head))
        {
            // None is sent, such as after a redirect that left the body behind.
            return;
        }

        if (request.Content?.Headers.ContentLength is not { } length || request.Headers.Contains("Transfer-Encoding"))
        {
            throw AwsV4Refusal.ContentLength(request);
        }

        lines.Add(ContentLength, length.ToString(CultureInfo.InvariantCulture));
    }

    private static void Add(AwsV4HeaderLines lines, AccountRequest request, string name, string value)
    {
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw AwsV4Refusal.Header(request, name);
        }

        lines.Add(name, value);
    }
}
