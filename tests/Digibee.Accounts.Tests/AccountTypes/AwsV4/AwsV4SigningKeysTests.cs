namespace Digibee.Accounts;

public sealed class AwsV4SigningKeysTests
{
    private static readonly DateTimeOffset LastSecond = new(2026, 11, 25, 23, 59, 59, TimeSpan.Zero);

    [Fact]
    public void Get_OfTheSameScope_GivesTheSameKey()
    {
        using var keys = Create();
        var instant = keys.InstantAt(LastSecond);

        var first = keys.Get(instant, "us-east-1", "s3");

        keys.Get(instant, "us-east-1", "s3").Should().BeSameAs(first);
        keys.Get(instant, "us-east-1", "sqs").Should().NotBeSameAs(first);
        keys.Get(instant, "eu-west-1", "s3").Should().NotBeSameAs(first);
        keys.Get(keys.InstantAt(LastSecond.AddSeconds(1)), "us-east-1", "s3").Should().NotBeSameAs(first);
    }

    [Fact]
    public void Get_OfMoreScopesThanAreKept_WipesTheOldest()
    {
        using var keys = Create();
        var instant = keys.InstantAt(LastSecond);
        var oldest = keys.Get(instant, "r0", "s3");

        for (var i = 1; i <= AwsV4SigningKeys.Capacity; i++)
        {
            keys.Get(instant, $"r{i}", "s3");
        }

        keys.Count.Should().Be(AwsV4SigningKeys.Capacity);
        Signs(oldest).Should().BeFalse();
        Signs(keys.Get(instant, "r1", "s3")).Should().BeTrue();
        Signs(keys.Get(instant, "r0", "s3")).Should().BeTrue();
    }

    [Fact]
    public void Get_OfANewDay_KeepsYesterdaysKeyAndWipesOlderOnes()
    {
        using var keys = Create();
        var first = keys.Get(keys.InstantAt(LastSecond), "us-east-1", "s3");
        var second = keys.Get(keys.InstantAt(LastSecond.AddDays(1)), "us-east-1", "s3");

        var stillSigns = Signs(first);
        keys.Get(keys.InstantAt(LastSecond.AddDays(2)), "us-east-1", "s3");

        stillSigns.Should().BeTrue();
        Signs(first).Should().BeFalse();
        Signs(second).Should().BeTrue();
    }

    [Fact]
    public void Dispose_WithKeys_WipesThemAndStillServesWhoHoldsIt()
    {
        var keys = Create();
        var key = keys.Get(keys.InstantAt(LastSecond), "us-east-1", "s3");

        keys.Dispose();

        Signs(key).Should().BeFalse();
        keys.Count.Should().Be(0);
        Signs(keys.Get(keys.InstantAt(LastSecond), "us-east-1", "s3")).Should().BeTrue();
        keys.Count.Should().Be(0);
    }

    [Fact]
    public void Get_WithoutARegion_SharesOneKeyThatIsWipedWithTheRevision()
    {
        var keys = Create();
        var first = keys.Get(keys.InstantAt(LastSecond), region: default, "s3");
        for (var day = 2; day < 5; day++)
        {
            keys.Get(keys.InstantAt(LastSecond.AddDays(day)), region: default, "s3");
        }

        var afterEviction = Signs(first);
        var last = keys.Get(keys.InstantAt(LastSecond.AddDays(4)), region: default, "s3");
        keys.Dispose();

        afterEviction.Should().BeTrue();
        last.Scope.Algorithm.ToArray().Should().Equal("AWS4-ECDSA-P256-SHA256"u8.ToArray());
        Signs(first).Should().BeFalse();
        Signs(last).Should().BeFalse();
        Signs(keys.Get(keys.InstantAt(LastSecond), region: default, "s3")).Should().BeTrue();
    }

    [Fact]
    public void DeriveAnew_AfterDispose_GivesAKeyOfItsOwn()
    {
        var keys = Create();
        keys.Dispose();

        foreach (var region in new[] { "us-east-1", "" })
        {
            var key = keys.DeriveAnew(new AwsV4CredentialScope(keys.InstantAt(LastSecond), region, "s3"));
            var before = Signs(key);
            key.Dispose();

            before.Should().BeTrue();
            Signs(key).Should().BeFalse();
        }
    }

    [Fact]
    public async Task Get_FromManyThreadsOverMoreScopesThanAreKept_AlwaysGivesTheRightKey()
    {
        using var keys = Create();
        var instant = keys.InstantAt(LastSecond);
        var expected = Enumerable.Range(0, 2 * AwsV4SigningKeys.Capacity).Select(i => Sign(Create().Get(instant, $"r{i}", "s3"))).ToArray();

        var wrong = await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            var wrong = 0;
            for (var i = thread; i < 2_000; i += 3)
            {
                var signature = new byte[AwsV4SigningKey.Length];
                while (!keys.Get(instant, $"r{i % expected.Length}", "s3").TrySign("text"u8, signature, out _))
                {
                    // Wiped between its look-up and its use.
                }

                wrong += signature.AsSpan().SequenceEqual(expected[i % expected.Length]) ? 0 : 1;
            }

            return wrong;
        })));

        wrong.Should().OnlyContain(static count => count == 0);
    }

    [Fact]
    public void Return_OfAKeyOfARevisionThatIsGone_WipesIt()
    {
        var keys = Create();
        keys.Dispose();
        var key = keys.Get(keys.InstantAt(LastSecond), "us-east-1", "s3");

        keys.Return(key);

        Signs(key).Should().BeFalse();
    }

    [Fact]
    public void Return_OfAKeyInUse_LeavesItToTheNext()
    {
        using var keys = Create();
        var key = keys.Get(keys.InstantAt(LastSecond), "us-east-1", "s3");

        keys.Return(key);

        Signs(key).Should().BeTrue();
    }

    [Fact]
    public void TryAuthorize_AfterAKeyThatWasDisposed_SignsAsIfThereHadBeenNone()
    {
        using var keys = Create();
        var instant = keys.InstantAt(LastSecond);
        var workspace = AwsV4Workspace.Take();
        workspace.Request.Headers.Add("host", "api.example");
        workspace.WriteRequest("GET", "/", AwsV4PathRule.Reencode, AwsV4Payload.EmptyHash);
        var expected = workspace.TryAuthorize(keys.Get(instant, "us-east-1", "s3"), instant);
        var gone = Create();
        var disposed = gone.Get(instant, "us-east-1", "s3");
        gone.Dispose();

        workspace.TryAuthorize(disposed, instant).Should().BeNull();

        workspace.TryAuthorize(keys.Get(instant, "us-east-1", "s3"), instant).Should().Be(expected);
        workspace.GiveBack();
    }

    [Fact]
    public void InstantAt_WithinOneSecond_SharesItsText()
    {
        using var keys = Create();

        var instant = keys.InstantAt(LastSecond);

        keys.InstantAt(LastSecond.AddMilliseconds(999)).Should().BeSameAs(instant);
        keys.InstantAt(LastSecond.AddSeconds(1)).Text.Should().Be("20261126T000000Z");
        keys.InstantAt(LastSecond.ToOffset(TimeSpan.FromHours(5))).Text.Should().Be("20261125T235959Z");
    }

    private static AwsV4SigningKeys Create() => AwsV4SigningKeys.Create(
        TestSource.Opened(new AwsV4Account { Name = "aws", AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = new Secret("s3cr3t") }));

    private static bool Signs(AwsV4Signer key) => key.TrySign("text"u8, new byte[AwsV4Signer.MaxSignatureLength], out _);

    private static byte[] Sign(AwsV4Signer key)
    {
        var signature = new byte[AwsV4SigningKey.Length];
        key.TrySign("text"u8, signature, out _).Should().BeTrue();
        return signature;
    }
}
