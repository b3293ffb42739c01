using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Instances of the platform for one key. Each use borrows one: the platform does not say that an instance may be shared by threads, and opening one costs more than a signature. Safe for concurrent use.</summary>
/// <remarks>Disposing wipes the key and disposes every instance at rest. One that is in use at that moment finishes its work, and is disposed by whoever returns it.</remarks>
/// <typeparam name="T">What the platform calls such a key.</typeparam>
/// <param name="key">The key. It is taken over.</param>
/// <param name="open">Opens one instance.</param>
internal sealed class PlatformKeys<T>(LoadedKey key, Func<LoadedKey, T> open) : IDisposable
    where T : AsymmetricAlgorithm
{
    private readonly IdleSlots<T> _idle = new();
    private readonly Lock _lock = new();
    private volatile bool _isDisposed;

    /// <summary>Borrows an instance; <see langword="null"/> when the key was disposed.</summary>
    public T? TryTake() => _isDisposed ? null : _idle.TryTake() ?? TryOpen();

    /// <summary>Gives an instance back.</summary>
    public void Return(T instance)
    {
        if (!_idle.TryPut(instance))
        {
            instance.Dispose();
        }
        else if (_isDisposed)
        {
            // Disposed while this one was out: nobody else comes by.
            DisposeIdle();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            key.Dispose();
        }

        DisposeIdle();
    }

    private T? TryOpen()
    {
        // Under the lock, so that nothing is opened that is just being wiped.
        lock (_lock)
        {
            return _isDisposed ? null : open(key);
        }
    }

    private void DisposeIdle()
    {
        while (_idle.TryTake() is { } instance)
        {
            instance.Dispose();
        }
    }
}
