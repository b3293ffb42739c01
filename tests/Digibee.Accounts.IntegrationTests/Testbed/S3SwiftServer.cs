namespace Digibee.Accounts;

/// <summary>OpenStack Swift's S3 interface: it recomputes Signature Version 4 and compares, the region and the body's digest included.</summary>
[CollectionDefinition]
public sealed class S3SwiftServer() : TestbedServer("s3-swift"), ICollectionFixture<S3SwiftServer>
{
    /// <summary>Gets where it listens. Buckets are the first part of the path.</summary>
    public Uri Endpoint => new(this["ENDPOINT"]);

    /// <summary>Gets an account that it accepts.</summary>
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
