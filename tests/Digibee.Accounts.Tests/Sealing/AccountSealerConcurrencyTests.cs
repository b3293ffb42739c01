using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>One sealer in the hands of many threads.</summary>
public sealed class AccountSealerConcurrencyTests : IDisposable
{
    private readonly KeyRing _ring = TestSeals.Ring(7);
    private readonly AccountSealer _sealer;

    public AccountSealerConcurrencyTests() => _sealer = new AccountSealer(_ring);

    public void Dispose() => _ring.Dispose();

    [Fact]
    public void SealAndOpen_ByManyThreadsThatComeAndGo_GiveEveryContentBack()
    {
        var failures = 0;
        for (var round = 0; round < 8; round++)
        {
            var threads = Enumerable.Range(0, 16).Select(_ => new Thread(() =>
            {
                for (var i = 0; i < 100; i++)
                {
                    var plaintext = RandomNumberGenerator.GetBytes(1 + (i % 90));
                    if (!_sealer.OpenBytes(TestSeals.Context, _sealer.Seal(TestSeals.Context, plaintext)).AsSpan().SequenceEqual(plaintext))
                    {
                        Interlocked.Increment(ref failures);
                    }
                }
            })).ToArray();
            Array.ForEach(threads, static thread => thread.Start());
            Array.ForEach(threads, static thread => thread.Join());
        }

        failures.Should().Be(0);
    }

    [Fact]
    public async Task Seal_WhileTheRingIsDisposed_EndsInObjectDisposedAndNeverSealsWithAWipedKey()
    {
        for (var round = 0; round < 20; round++)
        {
            var ring = TestSeals.Ring(7);
            var sealer = new AccountSealer(ring);
            using var underWay = new CountdownEvent(4);
            var workers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    var last = sealer.Seal(TestSeals.Context, [1, 2, 3]);
                    underWay.Signal();
                    try
                    {
                        while (true)
                        {
                            last = sealer.Seal(TestSeals.Context, [1, 2, 3]);
                        }
                    }
                    catch (ObjectDisposedException)
                    {
                        return last;
                    }
                },
                TaskCreationOptions.LongRunning)).ToArray();

            underWay.Wait();
            ring.Dispose();

            foreach (var last in await Task.WhenAll(workers))
            {
                _sealer.OpenBytes(TestSeals.Context, last).Should().Equal(1, 2, 3);
            }
        }
    }
}
