using System.Globalization;
using System.Net;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Judges a service's answer: a wrong clock is learned and the request repeated, another reading of the request is told to the caller.</summary>
internal static class AwsV4Review
{
    /// <summary>What is read of a refusal. A canonical request has the size of a request's head.</summary>
    internal const int MaxReadAhead = 65_536;

    public static ValueTask<AccountVerdict> ReviewAsync(AwsV4Clocks clocks, HttpResponseMessage response, AccountRequest request, AwsV4Account account, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return JudgeAsync(clocks, response, request, account, cancellationToken);
        }

        clocks.Check(request.RequestUri.IdnHost, response);
        return ValueTask.FromResult(AccountVerdict.Accept);
    }

    private static async ValueTask<AccountVerdict> JudgeAsync(AwsV4Clocks clocks, HttpResponseMessage response, AccountRequest request, AwsV4Account account, CancellationToken cancellationToken)
    {
        var answer = await ReadAsync(response, request, cancellationToken).ConfigureAwait(false);
        if (IsSkew(answer, response, request, out var date, out var signed) && clocks.Learn(request.RequestUri.IdnHost, date, signed))
        {
            request.Explanation = "The time that the request was signed with is too far from the service's.";
            return AccountVerdict.Repeat;
        }

        clocks.Check(request.RequestUri.IdnHost, response);
        request.Explanation = answer.CanonicalRequest is { } theirs ? AwsV4Difference.Describe(request, CanonicalRequest(request, account), theirs)
            : answer.KnownCode is { } code ? $"The service says {code}."
            : null;
        return AccountVerdict.Accept;
    }

    private static async ValueTask<AwsV4Answer> ReadAsync(HttpResponseMessage response, AccountRequest request, CancellationToken cancellationToken)
    {
        var errorType = response.Headers.NonValidated.TryGetValues("x-amzn-ErrorType", out var values) ? values.ToString() : null;
        if (request.Method == HttpMethod.Head)
        {
            // Nobody says why. S3 answers so to a wrong clock too.
            return new(errorType ?? (response.StatusCode == HttpStatusCode.Forbidden ? "SignatureDoesNotMatch" : null), CanonicalRequest: null);
        }

        var body = await ReadAheadContent.ReadAsync(response, MaxReadAhead, cancellationToken).ConfigureAwait(false);
        return AwsV4Answer.Read(errorType, body.Span);
    }

    private static bool IsSkew(AwsV4Answer answer, HttpResponseMessage response, AccountRequest request, out DateTimeOffset date, out DateTimeOffset signed)
    {
        date = AwsV4Clocks.DateOf(response) ?? default;
        signed = default;
        return date != default
            && (answer.SaysSkew || answer.MaySaySkew)
            && request.Headers.TryGetValues(AwsV4HeaderRules.Date, out var written)
            && DateTimeOffset.TryParseExact(written.ToString(), AwsV4Instant.Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out signed)
            && (answer.SaysSkew || (date - signed).Duration() > AwsV4Clocks.Tolerance);
    }

    // Made anew: a request that is taken, as nearly all are, does not keep it.
    private static string CanonicalRequest(AccountRequest request, AwsV4Account account)
    {
        var signing = request.Settings as AwsV4Signing ?? AwsV4Signing.Default;
        var service = AwsV4Scope.Of(request, account, signing).Service;
        var workspace = AwsV4Workspace.Take();
        try
        {
            AwsV4SignedHeaders.Collect(workspace.Request.Headers, request, AwsV4Service.Adapt(signing, service));
            workspace.WriteRequest(
                SentMethod.AsSent(request.Method), request.RequestUri.PathAndQuery, AwsV4Service.PathRuleOf(service), request.Headers[AwsV4HeaderRules.ContentHash].ToString());
            return Encoding.ASCII.GetString(workspace.Request.Text.Written);
        }
        finally
        {
            workspace.GiveBack();
        }
    }
}
