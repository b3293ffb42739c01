using System.Text.Encodings.Web;

namespace ConnectWeb;

/// <summary>The one page, before and after.</summary>
internal static class Page
{
    public static IResult Connected(string answer) => Html($"""<h1 id="state">Connected</h1><pre id="answer">{Encode(answer)}</pre><a id="connect" href="/connect">Connect again</a>""");

    public static IResult NotConnected(string why) => Html($"""<h1 id="state">Not connected</h1><p id="why">{Encode(why)}</p><a id="connect" href="/connect">Connect</a>""");

    // What comes from elsewhere is text and never markup.
    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static IResult Html(string body) => Results.Content($"""<!doctype html><html lang="en"><meta charset="utf-8"><title>ConnectWeb</title><body>{body}</body></html>""", "text/html");
}
