using System.Diagnostics;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>The root keys that seal accounts: the first seals, all open. Safe for concurrent use.</summary>
/// <remarks>
/// <para>A key text is <c>dgbk1.&lt;id&gt;.&lt;key&gt;</c>; <see cref="NewKeyText"/> makes one. To rotate, put a new key text in front of the old one. Where several nodes share a store, do it in two steps: first
/// behind the old key on every node, so that all can open with it, then in front. Take an old key out only when nothing is sealed with it any more, backups included: no other key opens it.</para>
/// <para>Keys are kept on the pinned heap and wiped by <see cref="Dispose"/>. Their ids are not secret.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class KeyRing : IDisposable
{
    internal const int MaxKeys = 64;

    private const string TextSource = "the key texts";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly RingKey[] _keys;

    private volatile bool _disposed;

    private KeyRing(RingKey[] keys)
    {
        _keys = keys;
        KeyIds = Array.AsReadOnly(Array.ConvertAll(keys, static key => KeyText.FormatId(key.Id)));
    }

    /// <summary>Gets the ids of the keys, 16 hexadecimal digits each, the sealing key first. They are derived from the keys and safe to log.</summary>
    public IReadOnlyList<string> KeyIds { get; }

    /// <summary>Gets the key that seals.</summary>
    internal RingKey Primary
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _keys[0];
        }
    }

    /// <summary>Reads key texts, wherever a program keeps them: in its configuration or a vault of its own.</summary>
    /// <param name="keyTexts">1 to 64 key texts apart by white space, in at most 65,536 characters; the first seals, all open.</param>
    /// <returns>The ring. The caller disposes it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keyTexts"/> is <see langword="null"/>.</exception>
    /// <exception cref="AccountSealException"><see cref="AccountSealFailure.InvalidKey"/>: there is no key, one is not a key text, or one stands there twice. The message tells its position, never its text.</exception>
    public static KeyRing Parse(string keyTexts) => keyTexts is null
        ? throw new ArgumentNullException(nameof(keyTexts), $"There are no key texts. {KeyRingReader.HowToMake}")
        : KeyRingReader.Read(keyTexts, TextSource);

    /// <summary>Reads key texts from an environment variable, once.</summary>
    /// <param name="variable">The variable's name. Its value is as for <see cref="Parse(string)"/>.</param>
    /// <returns>The ring. The caller disposes it.</returns>
    /// <exception cref="ArgumentException"><paramref name="variable"/> is empty, or is itself a key text.</exception>
    /// <exception cref="AccountSealException"><see cref="AccountSealFailure.InvalidKey"/>: the variable is not set, or does not hold key texts.</exception>
    public static KeyRing FromEnvironment(string variable)
    {
        KeyRingReader.CheckIsNoKey(variable);
        return KeyRingReader.Read(Environment.GetEnvironmentVariable(variable), $"environment variable '{variable}'");
    }

    /// <summary>Reads key texts from a file that only its owner can read and write.</summary>
    /// <remarks>A symbolic link is followed; the mode that counts is that of the file it leads to, taken from the open file. On Windows the mode is not
    /// checked: keep the file in a protected folder. In Kubernetes mount the secret with <c>defaultMode: 0400</c> and without <c>fsGroup</c>, which lets a group read it.</remarks>
    /// <param name="path">The file's path. Its content is as for <see cref="Parse(string)"/>, at most 65,536 bytes.</param>
    /// <returns>The ring. The caller disposes it.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or is itself a key text.</exception>
    /// <exception cref="AccountSealException"><see cref="AccountSealFailure.InvalidKey"/>: the file is not there or cannot be read, others may read or write it, or it does not hold key texts.</exception>
    public static KeyRing FromFile(string path)
    {
        KeyRingReader.CheckIsNoKey(path);
        return KeyFile.Read(path);
    }

    /// <summary>Makes a new random key.</summary>
    /// <returns>Its text, 66 characters. Keep it where only the program can read it, and a copy in a safe place: without it, nothing that it sealed opens again.</returns>
    public static string NewKeyText()
    {
        Span<byte> rootKey = stackalloc byte[KeySchedule.RootKeyLength];
        try
        {
            RandomNumberGenerator.Fill(rootKey);
            using var key = RingKey.FromRootKey(rootKey);
            return KeyText.Format(rootKey, key.Id);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(rootKey);
        }
    }

    /// <summary>Wipes the keys. Whoever seals or opens at this moment finishes; later uses throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var key in _keys)
        {
            key.Dispose();
        }
    }

    /// <summary>Tells how many keys there are, and the id of the first.</summary>
    /// <returns>Text without a secret.</returns>
    public override string ToString() => $"{nameof(KeyRing)}: {_keys.Length} {(_keys.Length == 1 ? "key" : "keys")}, seals with {KeyIds[0]}";

    /// <summary>Takes over keys, the first to seal.</summary>
    internal static KeyRing Of(params RingKey[] keys) => new(keys);

    /// <summary>Finds the key that opens a record. Every look-up goes through here: a ring whose keys have states answers for them here too.</summary>
    /// <param name="keyId">The id in the record.</param>
    /// <param name="key">The key, when the result is <see langword="null"/>.</param>
    /// <returns>Why there is no key to open with, or <see langword="null"/>.</returns>
    internal AccountSealFailure? TryGet(ulong keyId, out RingKey? key)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        foreach (var candidate in _keys)
        {
            if (candidate.Id == keyId)
            {
                key = candidate;
                return null;
            }
        }

        key = null;
        return AccountSealFailure.UnknownKey;
    }
}
