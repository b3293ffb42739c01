namespace Digibee.Accounts;

public sealed class NtlmNegotiateMessageTests
{
    [Fact]
    public void Bytes_OfTheFirstMessage_AreFortyWithVersionAndWithoutNames()
    {
        var expected = "4e544c4d5353500001000000078288a2000000000000000000000000000000000a0000000000000f";

        NtlmNegotiateMessage.Bytes.ToArray().Should().Equal(Convert.FromHexString(expected));
    }

    [Fact]
    public void Offered_OfTheFirstMessage_HoldsNoKeyExchange() => NtlmNegotiateMessage.Offered.HasFlag(NtlmFlags.KeyExchange).Should().BeFalse();
}
