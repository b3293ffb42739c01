using System.Security.Cryptography;

namespace Digibee.Accounts;

public sealed class SealSuiteTests : IDisposable
{
    private readonly RingKey _key = TestSeals.Key(7);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void TryOpen_OfARecordOfAnotherKind_GivesItsContentForThatKindOnly()
    {
        var record = Seal(SealKind.RingBody);

        SealedRecord.Check(record, SealKind.RingBody).Should().BeNull();
        SealedRecord.Check(record, SealKind.Account).Should().Be(AccountSealFailure.WrongKind);
        TryOpen(record).Should().BeNull();
    }

    [Fact]
    public void TryOpen_OfARecordWhoseKindWasRewritten_IsAContextMismatch()
    {
        var record = Seal(SealKind.RingBody);
        record[5] = (byte)SealKind.Account;

        SealedRecord.Check(record, SealKind.Account).Should().BeNull("it looks like an account now");
        TryOpen(record).Should().Be(AccountSealFailure.ContextMismatch);
    }

    [Fact]
    public void Seal_WithAGeneratorThatFails_LetsItsErrorThrough()
    {
        var sealing = () =>
        {
            var context = TestSeals.Context;
            SealSuite.Seal(_key, SealKind.Account, context.Encode(new byte[context.BufferLength]), [1], static _ => throw new CryptographicException("no entropy"));
        };

        sealing.Should().Throw<CryptographicException>("nothing may be sealed without randomness");
    }

    private byte[] Seal(SealKind kind)
    {
        var context = TestSeals.Context;
        return SealSuite.Seal(_key, kind, context.Encode(new byte[context.BufferLength]), [1, 2, 3], RandomNumberGenerator.Fill);
    }

    private AccountSealFailure? TryOpen(byte[] record)
    {
        var context = TestSeals.Context;
        var failure = SealSuite.TryOpen(_key, context.Encode(new byte[context.BufferLength]), record, out var content);
        content?.Span.ToArray().Should().Equal(1, 2, 3);
        content?.Dispose();
        (content is null).Should().Be(failure is not null);
        return failure;
    }
}
