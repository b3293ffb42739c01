namespace Digibee.Accounts;

public sealed class MailStatusTests
{
    // RFC 3463, section 2: class 2, 4 or 5; subject and detail of one to three digits.
    [Theory]
    [InlineData("5.7.8 refused", "5.7.8")]
    [InlineData("4.10.123", "4.10.123")]
    [InlineData("2.0.0 ok", "2.0.0")]
    [InlineData("5.7.8x", "5.7.8")]
    [InlineData("3.7.8 refused", "")]
    [InlineData("5.7 refused", "")]
    [InlineData("5.7.8.9 refused", "")]
    [InlineData("5..8 refused", "")]
    [InlineData("5.7. refused", "")]
    [InlineData("57.7.8", "")]
    [InlineData("5.1234567.8", "")]
    [InlineData("refused 5.7.8", "")]
    [InlineData("", "")]
    public void EnhancedCodeOf_OfTextsOfServers_IsTheCodeOrNothing(string text, string expected) => MailStatus.EnhancedCodeOf(text).Should().Be(expected);

    [Theory]
    [InlineData("535: 5.7.8 refused", 535, "5.7.8")]
    [InlineData("535:5.7.8", 535, "5.7.8")]
    [InlineData("454: later", 454, "")]
    [InlineData("535 5.7.8 refused", 0, "")]
    [InlineData("+35: x", 0, "")]
    [InlineData("535", 0, "")]
    [InlineData("", 0, "")]
    public void CodesOf_OfMessagesOfMailKit_AreTheirDigits(string text, int code, string enhanced) => MailStatus.CodesOf(text).Should().Be((code, enhanced));
}
