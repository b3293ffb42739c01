using System.Globalization;

namespace Digibee.Accounts;

/// <summary>A request as the platform will send it. For one owner at a time.</summary>
internal sealed class OutgoingMessage : SignatureMessage
{
    private AccountRequest? _request;

    public override string Method => SentMethod.AsSent(_request!.Method);

    public override string Scheme => _request!.RequestUri.Scheme;

    public override string Authority => HostLine.Of(_request!);

    public override string Target => _request!.RequestUri.PathAndQuery;

    /// <summary>Takes a request up; <see langword="null"/> lets go of it.</summary>
    public void Use(AccountRequest? request) => _request = request;

    public override void AddLines(string name, bool ofTrailers, List<string> lines)
    {
        if (ofTrailers)
        {
            return;
        }

        if (name == "host")
        {
            lines.Add(Authority);
            return;
        }

        // Several values go out in one line, joined as this text is; those of the content in another one.
        if (_request!.Headers.TryGetValues(name, out var values))
        {
            lines.Add(values.ToString());
        }

        if (name == "content-length")
        {
            AddContentLength(lines);
        }
        else if (_request.Content is { } content && content.Headers.NonValidated.TryGetValues(name, out values))
        {
            lines.Add(values.ToString());
        }
    }

    // It stands nowhere before somebody asks for it, and is not sent beside chunks.
    private void AddContentLength(List<string> lines)
    {
        if (_request!.Content?.Headers.ContentLength is { } length && !_request.IsChunked)
        {
            lines.Add(length.ToString(CultureInfo.InvariantCulture));
        }
    }
}
