using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>Messages that carry accounts right now. One message sent twice at the same time would take the one send's credential for the caller's own header.</summary>
/// <remarks>As many as are under way and no more. Striped, so that senders seldom wait for each other; sets that use their places again, so that a send allocates nothing here.</remarks>
internal static class MessagesUnderWay
{
    private const int Stripes = 32;

    private static readonly HashSet<HttpRequestMessage>[] Sets = CreateSets();

    /// <summary>Notes a message; <see langword="false"/> when it is under way already.</summary>
    public static bool TryAdd(HttpRequestMessage message)
    {
        var set = SetOf(message);
        lock (set)
        {
            return set.Add(message);
        }
    }

    public static void Remove(HttpRequestMessage message)
    {
        var set = SetOf(message);
        lock (set)
        {
            set.Remove(message);
        }
    }

    private static HashSet<HttpRequestMessage> SetOf(HttpRequestMessage message) => Sets[(uint)RuntimeHelpers.GetHashCode(message) % Stripes];

    private static HashSet<HttpRequestMessage>[] CreateSets()
    {
        var sets = new HashSet<HttpRequestMessage>[Stripes];
        for (var i = 0; i < sets.Length; i++)
        {
            sets[i] = new HashSet<HttpRequestMessage>(ReferenceEqualityComparer.Instance);
        }

        return sets;
    }
}
