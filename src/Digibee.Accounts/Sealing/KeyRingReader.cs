using System.Globalization;

namespace Digibee.Accounts;

/// <summary>Reads key texts that stand apart by white space, from wherever they came.</summary>
internal static class KeyRingReader
{
    public const int MaxLength = 65_536;

    public const string HowToMake = "Make one with KeyRing.NewKeyText(), and keep it outside the program and its repository.";

    private const string WhiteSpace = " \t\r\n\v\f";

    /// <summary>Reads a ring.</summary>
    /// <param name="texts">The key texts.</param>
    /// <param name="source">Where they are kept, for messages.</param>
    public static KeyRing Read(ReadOnlySpan<char> texts, string source)
    {
        if (texts.Length > MaxLength)
        {
            throw Invalid($"There are more than {MaxLength.ToString(CultureInfo.InvariantCulture)} characters in {source}: these are not key texts.");
        }

        var keys = new List<RingKey>();
        try
        {
            foreach (var range in texts.SplitAny(WhiteSpace))
            {
                if (!texts[range].IsEmpty)
                {
                    Add(keys, texts[range], source);
                }
            }

            return keys.Count > 0 ? KeyRing.Of([.. keys]) : throw Invalid($"There is no key in {source}. {HowToMake}");
        }
        catch
        {
            foreach (var key in keys)
            {
                key.Dispose();
            }

            throw;
        }
    }

    /// <summary>Refuses the name of a variable or file that is a key: it would come to stand in messages.</summary>
    public static void CheckIsNoKey(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(nameOrPath);
        if (nameOrPath.Contains(KeyText.Prefix, StringComparison.Ordinal))
        {
            throw new ArgumentException("This is a key text, not the name of a variable or file that holds one. Give key texts to KeyRing.Parse.", nameof(nameOrPath));
        }
    }

    public static AccountSealException Invalid(string message) => new(accountName: null, AccountSealFailure.InvalidKey, message);

    private static void Add(List<RingKey> keys, ReadOnlySpan<char> text, string source)
    {
        var position = keys.Count + 1;
        if (position > KeyRing.MaxKeys)
        {
            throw Invalid($"There are more than {KeyRing.MaxKeys} keys in {source}. Remove those that nothing is sealed with any more.");
        }

        var key = KeyText.TryParse(text)
            ?? throw Invalid($"Key {position} in {source} is not a key text, which is dgbk1.<16 digits>.<43 characters>, or is one that was mistyped or cut. Copy it again from where it is kept.");
        var same = keys.FindIndex(other => other.Id == key.Id);
        if (same >= 0)
        {
            key.Dispose();
            throw Invalid($"Key {position} in {source} is the same as key {same + 1}. Remove one of them.");
        }

        keys.Add(key);
    }
}
