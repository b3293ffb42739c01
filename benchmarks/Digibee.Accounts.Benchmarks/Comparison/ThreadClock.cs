using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Digibee.Accounts;

/// <summary>How long this thread has worked. CPU time where the system tells it: on a shared machine the wall clock also measures the neighbours.</summary>
internal static partial class ThreadClock
{
    // linux/time.h; the value is another one on other systems.
    private const int ThreadCpuTime = 3;

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Gets whether it is CPU time; otherwise it is the wall clock's.</summary>
    public static bool IsCpuTime { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess && GetTime(ThreadCpuTime, out _) == 0;

    public static long GetNanoseconds()
    {
        if (!IsCpuTime)
        {
            return (long)Stopwatch.GetElapsedTime(0).TotalNanoseconds;
        }

        return GetTime(ThreadCpuTime, out var time) == 0
            ? (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds
            : throw new InvalidOperationException($"clock_gettime failed with error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    // struct timespec of 64-bit Linux.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
