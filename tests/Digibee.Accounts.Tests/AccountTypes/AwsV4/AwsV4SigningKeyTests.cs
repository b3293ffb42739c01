namespace Digibee.Accounts;

public sealed class AwsV4SigningKeyTests
{
    private static readonly AwsV4Instant Instant = new(new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));

    // The example of the AWS General Reference, which its successor no longer prints.
    [Fact]
    public void Derive_WithTheExampleOfTheDocumentation_GivesItsKey()
    {
        Span<byte> key = stackalloc byte[AwsV4SigningKey.Length];

        AwsV4SigningKey.Derive("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"u8, new AwsV4CredentialScope(Instant, "us-east-1", "iam"), key);

        Convert.ToHexStringLower(key).Should().Be("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    [Fact]
    public void TrySign_AfterDispose_SignsNothing()
    {
        var key = new AwsV4SigningKey(new AwsV4CredentialScope(Instant, "us-east-1", "iam"), "AKIDEXAMPLE", "secret"u8);
        var signature = new byte[AwsV4SigningKey.Length];
        var before = key.TrySign("text"u8, signature);
        Array.Clear(signature);

        key.Dispose();
        var after = key.TrySign("text"u8, signature);

        before.Should().BeTrue();
        after.Should().BeFalse();
        signature.Should().OnlyContain(static b => b == 0);
    }
}
