namespace Digibee.Accounts;

/// <summary>OpenStack Swift's S3 interface: it recomputes Signature Version 4 and compares, the region and the body's digest included.</summary>
[CollectionDefinition]
public sealed class S3SwiftServer() : S3Server("s3-swift"), ICollectionFixture<S3SwiftServer>;
