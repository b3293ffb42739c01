namespace Digibee.Accounts;

public sealed class AwsV4TargetTests
{
    [Theory]
    [InlineData("/a+b?c=d+e", "/a%2Bb?c=d%20e", AwsV4PathRule.Reencode)]
    [InlineData("/a+b?c=d+e", "/a+b?c=d%20e", AwsV4PathRule.NormalizeAndEncode)]
    [InlineData("/a+b", "/a%2Bb", AwsV4PathRule.Reencode)]
    [InlineData("/?+", "/?%20", AwsV4PathRule.Reencode)]
    public void WithoutPlus_OfATargetWithOne_SpellsItAsEveryServiceReadsIt(string target, string expected, object rule) =>
        AwsV4Target.WithoutPlus(target, (AwsV4PathRule)rule).Should().Be(expected);

    [Fact]
    public void WithoutPlus_OfATargetWithoutOne_IsTheSameInstance()
    {
        var target = "/a%2Bb?c=d%20e";

        AwsV4Target.WithoutPlus(target, AwsV4PathRule.Reencode).Should().BeSameAs(target);
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/a?b=%23", true)]
    [InlineData("", false)]
    [InlineData("?a", false)]
    [InlineData("/a#b", false)]
    [InlineData("/a b", false)]
    [InlineData("/ü", false)]
    [InlineData("/a\u007F", false)]
    public void IsSendable_OfATarget_GoesByWhatIsWritten(string target, bool expected) => AwsV4Target.IsSendable(target).Should().Be(expected);
}
