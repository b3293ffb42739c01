namespace Digibee.Accounts;

/// <summary>A server that speaks S3. Buckets are the first part of the path.</summary>
/// <param name="name">Its folder in <c>eng/testbed</c>.</param>
public abstract class S3Server(string name) : TestbedServer(name)
{
    /// <summary>Gets where it listens.</summary>
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
