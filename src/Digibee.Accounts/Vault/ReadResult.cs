namespace Digibee.Accounts;

/// <summary>What one read of the store came to, for all who waited for it.</summary>
/// <param name="Opened">The account; <see langword="null"/> when there is none, or with a failure.</param>
/// <param name="Failure">Why it could not be had.</param>
internal readonly record struct ReadResult(OpenedAccount? Opened, Exception? Failure);
