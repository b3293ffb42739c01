namespace Digibee.Accounts;

/// <summary>Ceph's S3 and STS: it verifies session tokens, which Swift does not know.</summary>
[CollectionDefinition]
public sealed class S3RadosgwServer() : TestbedServer("s3-radosgw"), ICollectionFixture<S3RadosgwServer>
{
    /// <summary>Gets where it listens. Buckets are the first part of the path.</summary>
    public Uri Endpoint => new(this["ENDPOINT"]);

    /// <summary>Gets a role that the account may assume.</summary>
    public string RoleArn => this["ROLE_ARN"];

    /// <summary>Gets an account that it accepts, for S3.</summary>
    public AwsV4Account Account => new()
    {
        Name = "s3",
        AccessKeyId = this["ACCESS_KEY"],
        SecretAccessKey = new Secret(this["SECRET"]),
        Service = "s3",
        Region = this["REGION"],
        AllowedOrigins = [this["ENDPOINT"]],
    };
}
