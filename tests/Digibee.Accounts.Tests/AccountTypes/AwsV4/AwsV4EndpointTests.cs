namespace Digibee.Accounts;

/// <summary>Hosts as botocore 1.43.11 and the AWS documentation give them.</summary>
public sealed class AwsV4EndpointTests
{
    [Theory]
    [InlineData("sqs.us-east-1.amazonaws.com", "sqs", "us-east-1")]
    [InlineData("dynamodb.cn-north-1.amazonaws.com.cn", "dynamodb", "cn-north-1")]
    [InlineData("sqs.eusc-de-east-1.amazonaws.eu", "sqs", "eusc-de-east-1")]
    [InlineData("sqs.cn-north-1.api.amazonwebservices.com.cn", "sqs", "cn-north-1")]
    [InlineData("sqs.eusc-de-east-1.api.amazonwebservices.eu", "sqs", "eusc-de-east-1")]
    [InlineData("aos.us-east-1.api.aws", "es", "us-east-1")]
    [InlineData("lambda.eu-west-1.api.aws", "lambda", "eu-west-1")]
    [InlineData("sns.us-gov-west-1.amazonaws.com", "sns", "us-gov-west-1")]
    [InlineData("kms-fips.us-west-2.amazonaws.com", "kms", "us-west-2")]
    [InlineData("abc123.execute-api.us-east-1.amazonaws.com", "execute-api", "us-east-1")]
    [InlineData("abc123.lambda-url.us-east-1.on.aws", "lambda", "us-east-1")]
    [InlineData("email.us-east-1.amazonaws.com", "ses", "us-east-1")]
    [InlineData("api.ecr.us-east-1.amazonaws.com", "ecr", "us-east-1")]
    [InlineData("runtime.sagemaker.us-east-1.amazonaws.com", "sagemaker", "us-east-1")]
    [InlineData("bedrock-runtime.us-east-1.amazonaws.com", "bedrock", "us-east-1")]
    [InlineData("streams.dynamodb.us-east-1.amazonaws.com", "dynamodb", "us-east-1")]
    [InlineData("123456789012.ddb.us-east-1.amazonaws.com", "dynamodb", "us-east-1")]
    [InlineData("data.iot.us-east-1.amazonaws.com", "iotdata", "us-east-1")]
    [InlineData("a1b2c3-ats.iot.us-east-1.amazonaws.com", "iotdata", "us-east-1")]
    [InlineData("iot.us-east-1.amazonaws.com", "iot", "us-east-1")]
    [InlineData("data.jobs.iot.us-east-1.amazonaws.com", "iot-jobs-data", "us-east-1")]
    [InlineData("vpce-0a1b-2c3d.sqs.us-east-1.vpce.amazonaws.com", "sqs", "us-east-1")]
    [InlineData("search-logs-1a2b.us-east-1.es.amazonaws.com", "es", "us-east-1")]
    [InlineData("1a2b.us-east-1.aoss.amazonaws.com", "aoss", "us-east-1")]
    [InlineData("db.cluster-1a2b.us-east-1.neptune.amazonaws.com", "neptune-db", "us-east-1")]
    [InlineData("eu-west-1.queue.amazonaws.com", "sqs", "eu-west-1")]
    [InlineData("my-balancer-1a2b.us-east-1.elb.amazonaws.com", "", "us-east-1")]
    public void Read_OfAServicesHost_GivesServiceAndRegion(string host, string service, string region) => Verify(host, service, region);

    [Theory]
    [InlineData("s3.amazonaws.com", "s3", "us-east-1")]
    [InlineData("bucket.s3.amazonaws.com", "s3", "us-east-1")]
    [InlineData("my.bucket.name.s3.eu-central-1.amazonaws.com", "s3", "eu-central-1")]
    [InlineData("bucket.s3.dualstack.eu-central-1.amazonaws.com", "s3", "eu-central-1")]
    [InlineData("bucket.s3-fips.dualstack.us-east-1.amazonaws.com", "s3", "us-east-1")]
    [InlineData("bucket.s3-eu-west-1.amazonaws.com", "s3", "eu-west-1")]
    [InlineData("s3-external-1.amazonaws.com", "s3", "us-east-1")]
    [InlineData("s3-fips-us-gov-west-1.amazonaws.com", "s3", "us-gov-west-1")]
    [InlineData("prod-data-2.s3.amazonaws.com", "s3", "us-east-1")]
    [InlineData("app-logs-1.s3.amazonaws.com", "s3", "us-east-1")]
    [InlineData("bucket.s3-accelerate.amazonaws.com", "s3", "")]
    [InlineData("ap-123456789012.s3-accesspoint.us-east-1.amazonaws.com", "s3", "us-east-1")]
    [InlineData("123456789012.s3-control.us-east-1.amazonaws.com", "s3", "us-east-1")]
    [InlineData("b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", "s3express", "us-east-1")]
    [InlineData("olap-123456789012.s3-object-lambda.us-east-1.amazonaws.com", "s3-object-lambda", "us-east-1")]
    [InlineData("ap.op-1.123456789012.s3-outposts.us-east-1.amazonaws.com", "s3-outposts", "us-east-1")]
    [InlineData("us-east-1.s3.eu-west-1.amazonaws.com", "s3", "eu-west-1")]
    public void Read_OfAnS3Host_GivesServiceAndRegion(string host, string service, string region) => Verify(host, service, region);

    [Theory]
    [InlineData("iam.amazonaws.com", "iam", "us-east-1")]
    [InlineData("iam-fips.amazonaws.com", "iam", "us-east-1")]
    [InlineData("iam.global.api.aws", "iam", "us-east-1")]
    [InlineData("iam.us-gov.amazonaws.com", "iam", "us-gov-west-1")]
    [InlineData("sts.amazonaws.com", "sts", "us-east-1")]
    [InlineData("global.health.amazonaws.com", "health", "us-east-1")]
    [InlineData("route53.amazonaws.com.cn", "route53", "cn-northwest-1")]
    [InlineData("route53.amazonaws.eu", "route53", "eusc-de-east-1")]
    [InlineData("queue.amazonaws.com", "sqs", "us-east-1")]
    public void Read_OfAGlobalHost_GivesItsOneRegion(string host, string service, string region) => Verify(host, service, region);

    [Theory]
    [InlineData("api.example")]
    [InlineData("localhost")]
    [InlineData("amazonaws.com")]
    [InlineData("sqs.us-east-1.amazonaws.com.evil.example")]
    [InlineData("something.amazonaws.com")]
    public void Read_OfAnyOtherHost_GivesNothing(string host) => Verify(host, "", "");

    [Theory]
    [InlineData("us-east-1", true)]
    [InlineData("ap-southeast-12", true)]
    [InlineData("us-iso-east-1", true)]
    [InlineData("us-east", false)]
    [InlineData("us-1", false)]
    [InlineData("us--1", false)]
    [InlineData("bucket-name-1", false)]
    [InlineData("u-east-1", false)]
    [InlineData("us-east-", false)]
    [InlineData("", false)]
    public void IsRegion_OfALabel_GoesByItsShape(string label, bool expected) => AwsV4Endpoint.IsRegion(label).Should().Be(expected);

    private static void Verify(string host, string service, string region)
    {
        var endpoint = AwsV4Endpoint.Read(host);

        endpoint.Service.ToString().Should().Be(service);
        endpoint.Region.ToString().Should().Be(region);
    }
}
