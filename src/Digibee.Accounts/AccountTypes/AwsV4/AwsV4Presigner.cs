namespace Digibee.Accounts;

/// <summary>Signs URIs with the accounts of a program's vault.</summary>
internal sealed class AwsV4Presigner(AccountPipeline pipeline, TimeProvider time) : IAwsV4Presigner
{
    // Not a client of anybody's: the options of each call say where an account may go.
    private readonly AccountClient _client = new(pipeline, "presigner", [], configure: null);

    public async ValueTask<AwsV4PresignedRequest> PresignAsync(
        string name, HttpRequestMessage request, TimeSpan lifetime, AwsV4PresignOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        AwsV4Validity.CheckSeconds(lifetime);
        options ??= AwsV4PresignOptions.Default;

        var opened = await OpenAsync(name, request, options, cancellationToken).ConfigureAwait(false);
        Demand(opened);
        var payload = await DescribeAsync(opened, options.Signing, cancellationToken).ConfigureAwait(false);
        var signed = Sign(opened, lifetime, options, payload);
        _client.Logger.AccountApplied(opened.AccountName, opened.Opened.Account.Type.Slug, request.Method, request.RequestUri!.IdnHost);
        return signed;
    }

    public async ValueTask<AwsV4PresignedPost> PresignPostAsync(
        string name, Uri uri, AwsV4PostPolicy policy, TimeSpan lifetime, AwsV4PresignOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(policy);
        AwsV4Validity.CheckSeconds(lifetime);
        options ??= AwsV4PresignOptions.Default;
        if (!policy.IsComplete)
        {
            throw new ArgumentException("The policy must require a bucket, and require a key or allow its beginning.", nameof(policy));
        }

        if (options.Signing.RegionSet.Count > 0)
        {
            throw new ArgumentException("S3 takes forms with Signature Version 4 only: leave the region set out.", nameof(options));
        }

        using var message = new HttpRequestMessage(HttpMethod.Post, uri);
        var request = await OpenAsync(name, message, options, cancellationToken).ConfigureAwait(false);
        var account = (AwsV4Account)request.Opened.Account;
        var keys = request.GetOrAddState(AwsV4SigningKeys.Create);
        var now = time.GetUtcNow();
        var validity = new AwsV4Validity(account, now, lifetime);
        var fields = AwsV4PostForm.Sign(policy, keys, keys.InstantAt(now), AwsV4Scope.Of(request, account, options.Signing), account.AccessKeyId, validity.ExpiresAt);
        _client.Logger.AccountApplied(name, account.Type.Slug, message.Method, uri.IdnHost);
        return new(uri, fields, validity);
    }

    private async ValueTask<AccountRequest> OpenAsync(string name, HttpRequestMessage message, AwsV4PresignOptions options, CancellationToken cancellationToken)
    {
        var reference = new AccountReference(name, options.Signing);
        var opened = await _client.OpenAsync(reference, cancellationToken).ConfigureAwait(false);
        var request = new AccountRequest(reference, opened, _client.TypeHandlerFor(opened.Account, options.Signing), new MessageChanges(message), attempt: 0);
        OriginCheck.Demand(message, request, options.Origins);
        return request;
    }

    private static void Demand(AccountRequest request)
    {
        var target = request.RequestUri.PathAndQuery;
        if (!AwsV4Target.IsSendable(target))
        {
            throw AwsV4Refusal.Target(request);
        }

        if (AwsV4PresignedQuery.FindOwn(target) is { } parameter)
        {
            throw AwsV4Refusal.OwnParameter(request, parameter);
        }

        foreach (var (header, _) in request.Headers)
        {
            if (AwsV4HeaderRules.IsOwn(header))
            {
                throw AwsV4Refusal.OwnHeader(request, header);
            }
        }
    }

    private static ValueTask<string> DescribeAsync(AccountRequest request, AwsV4Signing signing, CancellationToken cancellationToken)
    {
        var service = AwsV4Scope.Of(request, (AwsV4Account)request.Opened.Account, signing).Service;
        var isUnsigned = AwsV4Service.TakesUnsignedPayloadOnly(service)
            || (signing.PayloadHash is null && (signing.Payload == AwsV4PayloadSigning.NotSigned || AwsV4Service.PathRuleOf(service) == AwsV4PathRule.Reencode));
        if (!isUnsigned)
        {
            // The message may be without the body that is sent with the URI.
            return signing.PayloadHash is { } known ? ValueTask.FromResult(known) : AwsV4Payload.DescribeAsync(request, signing, service, cancellationToken);
        }

        // What these two send has no body that anybody could change.
        var hasNoBody = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        return hasNoBody || signing.AllowUnsignedPayloadOverHttp || request.RequestUri.Scheme == Uri.UriSchemeHttps
            ? ValueTask.FromResult(AwsV4Payload.Unsigned)
            : throw AwsV4Refusal.UnsignedOverHttp(request);
    }

    private AwsV4PresignedRequest Sign(AccountRequest request, TimeSpan lifetime, AwsV4PresignOptions options, string payload)
    {
        var account = (AwsV4Account)request.Opened.Account;
        var scope = AwsV4Scope.Of(request, account, options.Signing);
        var rule = AwsV4Service.PathRuleOf(scope.Service);
        var keys = request.GetOrAddState(AwsV4SigningKeys.Create);
        var now = time.GetUtcNow();
        var instant = keys.InstantAt(now);
        var validity = new AwsV4Validity(account, now, lifetime);
        var target = new AwsV4PresignedTarget(AwsV4Target.WithoutPlus(request.RequestUri.PathAndQuery, rule))
        {
            Scope = new AwsV4CredentialScope(instant, scope.Region, scope.Service),
            Instant = instant,
            AccessKeyId = account.AccessKeyId,
            Seconds = validity.Seconds,
            RegionSet = options.Signing.RegionSetText,
            SessionToken = keys.SessionToken,
            AddsTokenAfterSigning = options.AddSessionTokenAfterSigning,
        };

        var workspace = AwsV4Workspace.Take();
        try
        {
            var headers = workspace.Request.Headers;
            AwsV4SignedHeaders.Collect(headers, request, AwsV4Service.Adapt(options.Signing, scope.Service));
            if (options.Signing.PayloadHash == payload && rule == AwsV4PathRule.Reencode)
            {
                // S3 reads it nowhere else.
                headers.Add(AwsV4HeaderRules.ContentHash, payload);
            }

            target.Write(workspace, SentMethod.AsSent(request.Method), rule, payload);
            var signature = workspace.Sign(keys, instant, scope);
            var uri = QueryString.WithPathAndQuery(request.RequestUri, target.Finish(signature));
            return new(request.Method, uri, ToSend(headers, request), validity);
        }
        finally
        {
            workspace.GiveBack();
        }
    }

    private static List<KeyValuePair<string, string>> ToSend(AwsV4HeaderLines headers, AccountRequest request)
    {
        var lines = headers.ToList();
        if (!request.Headers.Contains("Host"))
        {
            // Whoever sends to the URI sends it.
            lines.RemoveAll(static line => line.Key == "host");
        }

        return lines;
    }
}
