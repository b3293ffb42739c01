namespace Digibee.Accounts;

/// <summary>Arrays of the pinned heap, which the garbage collector does not copy. Small ones are used again: that heap is slow to take from, and is cleared with the oldest generation only.</summary>
internal static class PinnedArrays
{
    // What most accounts need, then what a key file or a certificate chain needs. Larger ones are rare.
    private const int SmallLength = 1_024;
    private const int MediumLength = 8_192;

    private static readonly IdleSlots<byte[]> Small = new();
    private static readonly IdleSlots<byte[]> Medium = new();

    /// <summary>Takes an array. What is in it is undefined, and never secret.</summary>
    /// <param name="length">The least length.</param>
    public static byte[] Take(int length) => length switch
    {
        <= SmallLength => Small.TryTake() ?? Allocate(SmallLength),
        <= MediumLength => Medium.TryTake() ?? Allocate(MediumLength),
        _ => Allocate(length),
    };

    /// <summary>Gives an array back.</summary>
    /// <param name="wiped">The array, wiped by the caller, who no longer uses it.</param>
    public static void GiveBack(byte[] wiped)
    {
        _ = wiped.Length switch
        {
            SmallLength => Small.TryPut(wiped),
            MediumLength => Medium.TryPut(wiped),
            _ => false,
        };
    }

    private static byte[] Allocate(int length) => GC.AllocateUninitializedArray<byte>(length, pinned: true);
}
