using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Every log message of the library. Parameters are names, ids, hosts and counts; nothing secret can be bound.</summary>
internal static partial class Log
{
    // The host and not the URI: an API key can travel in the query string.
    [LoggerMessage(EventId = 101, EventName = nameof(AccountApplied), Level = LogLevel.Debug,
        Message = "Applied account '{AccountName}' ({AccountType}) to {Method} {Host}")]
    public static partial void AccountApplied(this ILogger logger, string accountName, string accountType, HttpMethod method, string host);

    [LoggerMessage(EventId = 102, EventName = nameof(RequestRepeated), Level = LogLevel.Information,
        Message = "Repeated a request with account '{AccountName}' after status {StatusCode}")]
    public static partial void RequestRepeated(this ILogger logger, string accountName, int statusCode);

    // Not where to: the server chose that text, and may have put into it what it was sent.
    [LoggerMessage(EventId = 103, EventName = nameof(AccountTakenOff), Level = LogLevel.Information,
        Message = "Took account '{AccountName}' off a request that was redirected to an origin which is not listed as it is")]
    public static partial void AccountTakenOff(this ILogger logger, string accountName);

    [LoggerMessage(EventId = 104, EventName = nameof(RedirectReturned), Level = LogLevel.Information,
        Message = "Returned a redirect of HTTP client '{ClientName}': its body cannot be sent again or not to that origin, or nobody would check the answer from there")]
    public static partial void RedirectReturned(this ILogger logger, string clientName);

    [LoggerMessage(EventId = 105, EventName = nameof(AccountRefused), Level = LogLevel.Warning,
        Message = "The server refused account '{AccountName}' with status {StatusCode}: {Reason}")]
    public static partial void AccountRefused(this ILogger logger, string accountName, int statusCode, string reason);

    [LoggerMessage(EventId = 111, EventName = nameof(TokenObtained), Level = LogLevel.Debug,
        Message = "Obtained a token for account '{AccountName}'")]
    public static partial void TokenObtained(this ILogger logger, string accountName);

    [LoggerMessage(EventId = 112, EventName = nameof(TokenNotObtained), Level = LogLevel.Warning,
        Message = "Could not obtain a token for account '{AccountName}': {Reason}")]
    public static partial void TokenNotObtained(this ILogger logger, string accountName, string reason);

    [LoggerMessage(EventId = 113, EventName = nameof(TokenRejected), Level = LogLevel.Information,
        Message = "A server refused the token of account '{AccountName}' as invalid; another one is asked for")]
    public static partial void TokenRejected(this ILogger logger, string accountName);

    [LoggerMessage(EventId = 114, EventName = nameof(TokensNotKept), Level = LogLevel.Warning,
        Message = "The tokens of account '{AccountName}' could not be read from the store or saved there ({ExceptionType})")]
    public static partial void TokensNotKept(this ILogger logger, string accountName, string exceptionType);
    [LoggerMessage(EventId = 121, EventName = nameof(ConnectionSignedIn), Level = LogLevel.Debug,
        Message = "Signed in account '{AccountName}' on a new connection to {Host}")]
    public static partial void ConnectionSignedIn(this ILogger logger, string accountName, string host);

    [LoggerMessage(EventId = 122, EventName = nameof(ConnectionNotSignedIn), Level = LogLevel.Warning,
        Message = "Could not sign in account '{AccountName}' on a new connection to {Host}: {ExceptionType}")]
    public static partial void ConnectionNotSignedIn(this ILogger logger, string accountName, string host, string exceptionType);

    [LoggerMessage(EventId = 151, EventName = nameof(KerberosTicketGranted), Level = LogLevel.Debug,
        Message = "Got a Kerberos ticket for account '{AccountName}' and {Host}")]
    public static partial void KerberosTicketGranted(this ILogger logger, string accountName, string host);

    [LoggerMessage(EventId = 152, EventName = nameof(KerberosRenewalFailed), Level = LogLevel.Warning,
        Message = "Could not get the next Kerberos ticket of account '{AccountName}' ({ExceptionType}); the one at hand is used until it ends")]
    public static partial void KerberosRenewalFailed(this ILogger logger, string accountName, string exceptionType);

    [LoggerMessage(EventId = 153, EventName = nameof(KerberosClockCorrected), Level = LogLevel.Warning,
        Message = "The clock of the key distribution center of account '{AccountName}' differs from this machine's by {Difference}; the account goes by the former")]
    public static partial void KerberosClockCorrected(this ILogger logger, string accountName, TimeSpan difference);

    [LoggerMessage(EventId = 201, EventName = nameof(AccountNotOpened), Level = LogLevel.Error,
        Message = "Could not open account '{AccountName}': {ExceptionType} {Reason}")]
    public static partial void AccountNotOpened(this ILogger logger, string accountName, string exceptionType, string? reason);

    [LoggerMessage(EventId = 202, EventName = nameof(StaleAccountsServed), Level = LogLevel.Warning,
        Message = "Served accounts from the cache, '{AccountName}' among them, because the store did not answer")]
    public static partial void StaleAccountsServed(this ILogger logger, string accountName);

    [LoggerMessage(EventId = 203, EventName = nameof(FeedInterrupted), Level = LogLevel.Warning,
        Message = "The store's feed was interrupted ({ExceptionType}); it is followed anew")]
    public static partial void FeedInterrupted(this ILogger logger, string exceptionType);

    [LoggerMessage(EventId = 204, EventName = nameof(MalformedRowSkipped), Level = LogLevel.Error,
        Message = "Skipped a row of partition '{Partition}' in a listing, revision {Revision}: its name is not an account's. It was left as it is")]
    public static partial void MalformedRowSkipped(this ILogger logger, string partition, long revision);

    [LoggerMessage(EventId = 205, EventName = nameof(MalformedMetadata), Level = LogLevel.Error,
        Message = "The stored metadata of account '{AccountName}', revision {Revision}, is not this library's. It was left as it is")]
    public static partial void MalformedMetadata(this ILogger logger, string accountName, long revision);

    [LoggerMessage(EventId = 221, EventName = nameof(AccountsConfigured), Level = LogLevel.Information,
        Message = "Took {Count} accounts from the configuration")]
    public static partial void AccountsConfigured(this ILogger logger, int count);

    [LoggerMessage(EventId = 222, EventName = nameof(ConfiguredAccountDoubtful), Level = LogLevel.Warning,
        Message = "Account '{AccountName}' of the configuration is taken, but look at it: {Reason}")]
    public static partial void ConfiguredAccountDoubtful(this ILogger logger, string accountName, string reason);

    [LoggerMessage(EventId = 223, EventName = nameof(ConfigurationNotTaken), Level = LogLevel.Error,
        Message = "A change of the configured accounts was not taken, and those of before it stay in force: {Reason}")]
    public static partial void ConfigurationNotTaken(this ILogger logger, string reason);

    [LoggerMessage(EventId = 401, EventName = nameof(DevelopmentKeyMade), Level = LogLevel.Warning,
        Message = "Made development key {KeyId} in {Path}: what it seals opens with this file only. Choose keys with UseKeyRing for anything that must last")]
    public static partial void DevelopmentKeyMade(this ILogger logger, string keyId, string path);

    [LoggerMessage(EventId = 411, EventName = nameof(KeyUsed), Level = LogLevel.Debug,
        Message = "Used the key of account '{AccountName}' ({AccountType}) for {Algorithm}")]
    public static partial void KeyUsed(this ILogger logger, string accountName, string accountType, SignatureAlgorithm algorithm);

    [LoggerMessage(EventId = 412, EventName = nameof(KeyMade), Level = LogLevel.Information,
        Message = "Made a new key for account '{AccountName}' ({AccountType})")]
    public static partial void KeyMade(this ILogger logger, string accountName, string accountType);
}
