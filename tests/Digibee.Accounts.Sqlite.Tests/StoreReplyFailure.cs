namespace Digibee.Accounts;

/// <summary>An exception on its way from one process to another.</summary>
internal sealed record StoreReplyFailure(string Type, string Message, string? AccountName, bool IsTransient)
{
    public static StoreReplyFailure Of(Exception exception) =>
        new(exception.GetType().Name, exception.Message, (exception as AccountException)?.AccountName, exception is AccountException { IsTransient: true });

    /// <summary>Makes the exception again, as far as callers tell them apart. Whether it is transient stands in front of the message.</summary>
    public Exception ToException() => Type switch
    {
        nameof(ArgumentException) => new ArgumentException(Message),
        nameof(ArgumentNullException) => new ArgumentNullException(null, Message),
        nameof(ArgumentOutOfRangeException) => new ArgumentOutOfRangeException(null, Message),
        nameof(OperationCanceledException) or nameof(TaskCanceledException) => new OperationCanceledException(Message),
        nameof(ObjectDisposedException) => new ObjectDisposedException(null, Message),
        nameof(AccountUnavailableException) => new AccountUnavailableException(AccountName, $"{(IsTransient ? "transient" : "lasting")}: {Message}"),
        _ => new InvalidOperationException($"{Type}: {Message}"),
    };
}
