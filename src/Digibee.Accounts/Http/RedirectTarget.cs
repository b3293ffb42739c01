using System.Net;

namespace Digibee.Accounts;

/// <summary>Where a redirect leads and what becomes of the method, by the rules of <see cref="SocketsHttpHandler"/>.</summary>
internal static class RedirectTarget
{
    /// <summary>Gives where a response sends the caller, or <see langword="null"/> when it is not a redirect that is followed.</summary>
    public static Uri? Find(Uri from, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MultipleChoices or HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || response.Headers.Location is not { } location
            || !Uri.TryCreate(from, location, out var target))
        {
            return null;
        }

        // Never from https to http, and nothing but those two.
        if (target.Scheme != Uri.UriSchemeHttps && !(target.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp))
        {
            return null;
        }

        // A target without a fragment inherits it (RFC 9110, section 10.2.2).
        return from.Fragment.Length > 0 && target.Fragment.Length == 0 ? new UriBuilder(target) { Fragment = from.Fragment }.Uri : target;
    }

    /// <summary>Tells whether the method becomes GET, and the body goes away with it.</summary>
    public static bool BecomesGet(HttpMethod method, HttpStatusCode status) => status switch
    {
        HttpStatusCode.MultipleChoices or HttpStatusCode.Moved or HttpStatusCode.Found => method == HttpMethod.Post,
        HttpStatusCode.SeeOther => method != HttpMethod.Get && method != HttpMethod.Head,
        _ => false,
    };
}
