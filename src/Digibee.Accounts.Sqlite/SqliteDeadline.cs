using System.Runtime.InteropServices;

namespace Digibee.Accounts;

/// <summary>Until when a call waits for others, its turn in this process included. By the machine's clock, for what it waits for does not run on a test's.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SqliteDeadline(TimeSpan limit)
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    /// <summary>Gets what is left; never less than zero.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = limit - TimeProvider.System.GetElapsedTime(_start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
