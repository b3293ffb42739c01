namespace Digibee.Accounts;

[Trait("Category", "Fuzz")]
public sealed class AccountSealerFuzzTests
{
    [Fact]
    public void Open_OfMutatedRecords_GivesTheContentOrATypedRefusal()
    {
        using var ring = TestSeals.Ring(1, 2);
        using var otherRing = TestSeals.Ring(2);
        var sealer = new AccountSealer(ring);
        byte[][] contents = [[], [1, 2, 3], new byte[64], new byte[1_000]];
        var corpus = contents.Select(content => sealer.Seal(TestSeals.Context, content)).Append(new AccountSealer(otherRing).Seal(TestSeals.Context, [1, 2, 3])).ToList();

        Fuzzer.Run(corpus, input =>
        {
            try
            {
                var opened = sealer.OpenBytes(TestSeals.Context, input);
                corpus.Exists(record => record.AsSpan().SequenceEqual(input)).Should().BeTrue("only a record that was sealed opens");
                Array.Exists(contents, content => content.AsSpan().SequenceEqual(opened)).Should().BeTrue();
            }
            catch (AccountSealException refusal)
            {
                refusal.Reason.Should().BeOneOf(
                    AccountSealFailure.Malformed,
                    AccountSealFailure.UnknownFormat,
                    AccountSealFailure.UnknownVersion,
                    AccountSealFailure.UnknownSuite,
                    AccountSealFailure.WrongKind,
                    AccountSealFailure.TooLarge,
                    AccountSealFailure.UnknownKey,
                    AccountSealFailure.ContextMismatch,
                    AccountSealFailure.Corrupt);
            }
        });
    }
}
