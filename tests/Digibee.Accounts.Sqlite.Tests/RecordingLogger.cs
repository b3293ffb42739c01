using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

internal sealed class RecordingLogger : ILogger<SqliteAccountStore>
{
    public ConcurrentQueue<string> Messages { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Messages.Enqueue($"{eventId.Id} {logLevel} {formatter(state, exception)}");
}
