namespace Digibee.Accounts;

public sealed class KerberosErrorTests
{
    [Fact]
    public void Read_OfAnError_GivesCodeTimeAndData()
    {
        var message = KerberosTestMessages.Error(25, data: [1, 2, 3]);

        var error = KerberosError.Read(message);

        KerberosError.Is(message).Should().BeTrue();
        error.Code.Should().Be(KerberosErrorCode.PreauthenticationRequired);
        error.ServerTime.Should().Be(KerberosTestMessages.Now);
        error.Data.Should().Equal(1, 2, 3);
        error.ToString().Should().NotContain("c4n4ry");
    }

    [Fact]
    public void Read_OfAnErrorWithoutData_GivesNone() => KerberosError.Read(KerberosTestMessages.Error(6)).Data.Should().BeEmpty();
}
