using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Keeps everything that is logged, at every level: the text, each value of the state, each scope, and exceptions.</summary>
internal sealed class RecordingLogger : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _entries = new();

    public IReadOnlyList<string> Entries => [.. _entries];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Keep("scope", state, state.ToString());
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Keep($"{logLevel} {eventId.Id} {eventId.Name}", state, $"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }

    private void Keep<TState>(string kind, TState state, string? text)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(", ", pairs.Select(static pair => $"{pair.Key}={pair.Value}")) : "";
        _entries.Enqueue($"{kind}: {text} [{values}]");
    }
}
