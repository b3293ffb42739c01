namespace Digibee.Accounts;

/// <summary>Signs a message with AWS Signature Version 4, in its headers.</summary>
/// <remarks>"AWS Signature Version 4 for API requests" in the AWS IAM User Guide. It signs what the wire will carry: what the platform changes below is taken as the platform writes it, and what
/// cannot be foreseen is refused.</remarks>
internal sealed class AwsV4Authenticator(AwsV4Clocks clocks) : IAccountAuthenticator<AwsV4Account>
{
    public bool SignsMessage => true;

    public ValueTask AuthenticateAsync(AccountRequest request, AwsV4Account account, CancellationToken cancellationToken)
    {
        var signing = request.Settings as AwsV4Signing ?? AwsV4Signing.Default;
        var target = AwsV4Scope.Of(request, account, signing);
        signing = AwsV4Service.Adapt(signing, target.Service);
        Prepare(request, target.Service);

        if (AwsV4ChunkedContent.TryWrap(request, signing, target.Service) is { } chunks)
        {
            Sign(request, signing, target, chunks.Payload, chunks);
            return ValueTask.CompletedTask;
        }

        var describing = AwsV4Payload.DescribeAsync(request, signing, target.Service, cancellationToken);
        if (!describing.IsCompletedSuccessfully)
        {
            return FinishAsync(describing, request, account, signing);
        }

        Sign(request, signing, target, describing.Result);
        return ValueTask.CompletedTask;
    }

    public ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, AwsV4Account account, CancellationToken cancellationToken) =>
        AwsV4Review.ReviewAsync(clocks, response, request, account, cancellationToken);

    private async ValueTask FinishAsync(ValueTask<string> describing, AccountRequest request, AwsV4Account account, AwsV4Signing signing)
    {
        var payload = await describing.ConfigureAwait(false);
        Sign(request, signing, AwsV4Scope.Of(request, account, signing), payload);
    }

    private static void Prepare(AccountRequest request, ReadOnlySpan<char> service)
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

        var respelled = AwsV4Target.WithoutPlus(target, AwsV4Service.PathRuleOf(service));
        if (!ReferenceEquals(respelled, target))
        {
            request.RespellUri(QueryString.WithPathAndQuery(request.RequestUri, respelled));
        }
    }

    private void Sign(AccountRequest request, AwsV4Signing signing, AwsV4Scope scope, string payload, AwsV4ChunkedContent? chunks = null)
    {
        var keys = request.GetOrAddState(AwsV4SigningKeys.Create);

        // Now, and not before the body was hashed: that may have taken minutes, and a signature is good for a few.
        var instant = keys.InstantAt(clocks.NowAt(request.RequestUri.IdnHost));
        SetOwnHeaders(request, keys, instant, payload, signing.RegionSetText);

        var workspace = AwsV4Workspace.Take();
        try
        {
            AwsV4SignedHeaders.Collect(workspace.Request.Headers, request, signing);
            workspace.WriteRequest(SentMethod.AsSent(request.Method), request.RequestUri.PathAndQuery, AwsV4Service.PathRuleOf(scope.Service), payload);

            var authorization = workspace.Authorize(keys, instant, scope);
            request.SetHeader("Authorization", authorization);
            chunks?.Begin(keys, new AwsV4CredentialScope(instant, scope.Region, scope.Service), instant, authorization);
        }
        finally
        {
            workspace.GiveBack();
        }
    }

    private static void SetOwnHeaders(AccountRequest request, AwsV4SigningKeys keys, AwsV4Instant instant, string payload, string? regionSet)
    {
        request.SetHeader(AwsV4HeaderRules.Date, instant.Text);
        request.SetHeader(AwsV4HeaderRules.ContentHash, payload);

        // Another credential's token beside this one's signature is refused by the service.
        SetOrRemove(request, AwsV4HeaderRules.SecurityToken, keys.SessionToken);
        SetOrRemove(request, AwsV4HeaderRules.RegionSet, regionSet);
    }

    private static void SetOrRemove(AccountRequest request, string name, string? value)
    {
        if (value is not null)
        {
            request.SetHeader(name, value);
        }
        else
        {
            request.RemoveHeader(name);
        }
    }
}
