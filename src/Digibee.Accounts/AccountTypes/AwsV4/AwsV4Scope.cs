namespace Digibee.Accounts;

/// <summary>Service and region to sign for: the request's, or else the account's, or else what the host says.</summary>
internal readonly ref struct AwsV4Scope
{
    private AwsV4Scope(ReadOnlySpan<char> service, ReadOnlySpan<char> region)
    {
        Service = service;
        Region = region;
    }

    public ReadOnlySpan<char> Service { get; }

    public ReadOnlySpan<char> Region { get; }

    /// <exception cref="AccountValidationException">Nobody says one of the two.</exception>
    public static AwsV4Scope Of(AccountRequest request, AwsV4Account account, AwsV4Signing signing)
    {
        var service = signing.Service ?? account.Service;
        var region = signing.Region ?? account.Region;
        if (service is not null && region is not null)
        {
            return new(service, region);
        }

        var endpoint = AwsV4Endpoint.Read(request.RequestUri.IdnHost);
        var scope = new AwsV4Scope(service ?? endpoint.Service, region ?? endpoint.Region);
        if (scope.Service.IsEmpty)
        {
            throw AwsV4Refusal.NoService(request);
        }

        return scope.Region.IsEmpty ? throw AwsV4Refusal.NoRegion(request) : scope;
    }
}
