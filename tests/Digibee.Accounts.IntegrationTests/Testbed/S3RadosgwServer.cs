namespace Digibee.Accounts;

/// <summary>Ceph's S3 and STS: it verifies session tokens, which Swift does not know.</summary>
[CollectionDefinition]
public sealed class S3RadosgwServer() : S3Server("s3-radosgw"), ICollectionFixture<S3RadosgwServer>
{
    /// <summary>Gets a role that the account may assume.</summary>
    public string RoleArn => this["ROLE_ARN"];
}
