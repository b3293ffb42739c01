using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Collects everything that is logged, at every level: messages, templates, values, scopes and exceptions with their data.</summary>
/// <remarks>Add it with <c>logging.AddProvider(provider).SetMinimumLevel(LogLevel.Trace)</c>: filters of the logging set-up apply before it. Safe for concurrent use. It keeps all it is given, for the
/// length of a test.</remarks>
public sealed class LeakCanaryLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _entries = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <summary>Gets all that was logged so far, for <see cref="LeakCanary.ThrowIfFound(string, string?)"/>.</summary>
    public string Text => string.Join('\n', _entries);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new CanaryLogger(this, categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <summary>Keeps what was collected; there is nothing to let go of.</summary>
    public void Dispose()
    {
    }

    private sealed class CanaryLogger(LeakCanaryLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            ArgumentNullException.ThrowIfNull(formatter);
            provider._entries.Enqueue($"{logLevel} {category} {eventId}: {formatter(state, exception)}");
            provider._entries.Enqueue(CapturedText.Of(state));
            provider._entries.Enqueue(CapturedText.Of(exception));
            provider._scopes.ForEachScope(static (scope, entries) => entries.Enqueue(CapturedText.Of(scope)), provider._entries);
        }
    }
}
