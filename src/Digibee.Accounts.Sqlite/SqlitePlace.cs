using System.Runtime.InteropServices;

namespace Digibee.Accounts;

/// <summary>How far a watcher has read.</summary>
/// <param name="File">Which of the files that stood under the path, one after another: the numbers of one mean nothing in the next.</param>
/// <param name="Number">The number of the last change.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SqlitePlace(int File, long Number);
