using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Digibee.Accounts;

public sealed class KeyedHashPoolTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    public void Compute_OfTwoParts_IsTheHmacOfBothTogether(int secondLength)
    {
        var first = RandomNumberGenerator.GetBytes(100);
        var second = RandomNumberGenerator.GetBytes(secondLength);
        using var pool = new KeyedHashPool(HashAlgorithmName.SHA512, [1, 2, 3]);
        var hash = new byte[64];

        // Twice, so that a hash that was used before is used again.
        pool.Compute(first, second, hash);
        pool.Compute(first, second, hash);

        hash.Should().Equal(HMACSHA512.HashData([1, 2, 3], [.. first, .. second]));
    }

    [Fact]
    public void Compute_AfterACallThatFailed_StartsAnew()
    {
        using var pool = new KeyedHashPool(HashAlgorithmName.SHA256, [1, 2, 3]);
        var hash = new byte[32];
        pool.Compute([9], [], hash);
        var failing = () => pool.Compute([1], [2], new byte[31]);

        failing.Should().Throw<ArgumentException>();
        pool.Compute([1], [2], hash);

        hash.Should().Equal(HMACSHA256.HashData([1, 2, 3], [1, 2]));
    }

    [Fact]
    public void Dispose_OfAPool_WipesTheKeyAndDisposesEveryHashAtRest()
    {
        byte[] key = [1, 2, 3];
        var pool = new KeyedHashPool(HashAlgorithmName.SHA256, key);
        pool.Compute([1], [], new byte[32]);
        var atRest = Idle(pool).TryTake()!;
        Idle(pool).TryPut(atRest).Should().BeTrue();

        pool.Dispose();
        pool.Dispose();

        key.Should().Equal(0, 0, 0);
        var appending = () => atRest.AppendData([1]);
        appending.Should().Throw<ObjectDisposedException>();
        var computing = () => pool.Compute([1], [], new byte[32]);
        computing.Should().Throw<ObjectDisposedException>();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_idle")]
    private static extern ref IdleSlots<IncrementalHash> Idle(KeyedHashPool pool);
}
