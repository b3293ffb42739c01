using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Every log message of the SQLite store. Parameters are names, and the kind of a failure.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(EventId = 301, EventName = nameof(UnreadableRowSkipped), Level = LogLevel.Error,
        Message = "Skipped the row '{Name}' of kind '{Kind}' in a listing: it cannot be read ({Failure}). It was left as it is; restore a backup")]
    public static partial void UnreadableRowSkipped(this ILogger logger, string kind, string name, string failure);
}
