namespace Digibee.Accounts;

public sealed class MessageSigningTests
{
    [Fact]
    public void Components_WhenNotSet_AreWhatDecidesAMessagesEffect() =>
        new MessageSigning().Components.Should().Equal("@method", "@authority", "@path", "@query", "content-digest", "content-type");

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("@new")]
    [InlineData("@status")]
    [InlineData("@signature-params")]
    [InlineData("@query-param")]
    [InlineData("@method;req")]
    [InlineData("x;tr")]
    [InlineData("x;sf;bs")]
    [InlineData("traceparent")]
    [InlineData("Accept-Encoding")]
    [InlineData("\"X-Upper\"")]
    public void Components_WithOneThatCannotBeSigned_IsRefused(string component)
    {
        var setting = () => new MessageSigning { Components = ["@method", component] };

        setting.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Components_WithTheSameTwice_IsRefused()
    {
        var setting = () => new MessageSigning { Components = ["x;sf", "X;sf"] };

        setting.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void With_OfOtherComponents_TakesThem()
    {
        var signing = new MessageSigning { Components = ["@method"] } with { Components = ["@path"] };

        signing.Components.Should().Equal("@path");
        signing.Should().Be(new MessageSigning { Components = ["@path"] });
    }

    [Fact]
    public void Init_OfWhatNoSignatureCanSay_IsRefused()
    {
        ((Func<MessageSigning>)(static () => new() { KeyId = "ü" })).Should().Throw<ArgumentException>();
        ((Func<MessageSigning>)(static () => new() { Tag = "" })).Should().Throw<ArgumentException>();
        ((Func<MessageSigning>)(static () => new() { Label = "Upper" })).Should().Throw<ArgumentException>();
        ((Func<MessageSigning>)(static () => new() { Lifetime = TimeSpan.FromMilliseconds(999) })).Should().Throw<ArgumentException>();
        ((Func<MessageSigning>)(static () => new() { Algorithm = SignatureAlgorithm.Ed448 })).Should().Throw<ArgumentException>();
        ((Func<MessageSigning>)(static () => new() { MaxBufferedBytes = -1 })).Should().Throw<ArgumentException>();
        ((Func<MessageSigning>)(static () => new() { DigestAlgorithm = (ContentDigestAlgorithm)7 })).Should().Throw<ArgumentException>();
    }
}
