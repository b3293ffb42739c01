using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Every log message of the SQLite store. Parameters are names and our own words.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(EventId = 301, EventName = nameof(UnreadableRowSkipped), Level = LogLevel.Error,
        Message = "Skipped the row '{RecordName}' of kind '{Kind}' in a listing: {Reason}. It was left as it is; restore a backup")]
    public static partial void UnreadableRowSkipped(this ILogger logger, string kind, string recordName, string reason);

    [LoggerMessage(EventId = 302, EventName = nameof(FileOpenToOthers), Level = LogLevel.Warning,
        Message = "The account database '{Path}' may be read or written by others than its owner. Its rows are sealed, but whoever writes can delete or roll back: set its mode, and that of the files beside it, to 0600")]
    public static partial void FileOpenToOthers(this ILogger logger, string path);
}
