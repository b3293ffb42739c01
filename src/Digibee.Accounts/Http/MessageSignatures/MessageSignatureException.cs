namespace Digibee.Accounts;

/// <summary>An answer was refused because its signature (RFC 9421) or its content's digest (RFC 9530) does not count: it may be another's, or changed on its way. It is thrown before the answer is returned, or while its content is read.</summary>
public sealed class MessageSignatureException : AccountException
{
    internal MessageSignatureException(string? accountName, MessageSignatureFailure failure, string message)
        : base(accountName, message) => Failure = failure;

    /// <summary>Gets what is wrong with the signature.</summary>
    public MessageSignatureFailure Failure { get; }
}
