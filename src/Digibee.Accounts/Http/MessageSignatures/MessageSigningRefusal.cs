namespace Digibee.Accounts;

/// <summary>Why a message was not signed, and so was not sent.</summary>
internal static class MessageSigningRefusal
{
    public static AccountUnavailableException Component(AccountRequest request, SignatureComponent component, string reason) => Refuse(
        request,
        $"its signature should cover {component.Identifier}, and {reason}. Change the message, or MessageSigning.Components.");

    public static AccountUnavailableException OtherSignatures(AccountRequest request) => Refuse(
        request,
        "it has a header Signature-Input or Signature that is no dictionary of RFC 9651, to which no other signature can be added. Remove it.");

    public static AccountUnavailableException LabelTaken(AccountRequest request) => Refuse(
        request,
        "it has another signature with the label in MessageSigning.Label. Choose another label, or none.");

    public static AccountUnavailableException OneWay(AccountRequest request) => Refuse(
        request,
        "its content can be read only once, so it cannot be hashed before it is sent. Send bytes or a stream that can seek, set the content's header Content-Digest yourself, mark the content with "
        + "AllowContentReplay, or let it be kept in memory (MessageSigning.MaxBufferedBytes).");

    public static AccountUnavailableException TooLong(AccountRequest request, int limit) => Refuse(
        request,
        $"its content can be read only once and is longer than MessageSigning.MaxBufferedBytes, {limit} bytes. Raise the limit, send a stream that can seek, or set the content's header Content-Digest yourself.");

    public static AccountUnavailableException Unreadable(AccountRequest request, Exception exception) => new(
        request.AccountName,
        $"A request was not signed with account '{request.AccountName}', and nothing was sent: its content could not be read. The inner exception is the content's own.",
        isTransient: false,
        exception);

    public static AccountUnavailableException Unchecked(AccountRequest request) => new(
        request.AccountName,
        $"A request with account '{request.AccountName}' was not sent: its client has ResponseVerification, and none of the request's accounts checks answers. Add a Public Key or a Secret Key account, "
        + "or use a client without ResponseVerification.",
        isTransient: false);

    public static AccountValidationException Algorithm(AccountRequest request, SignatureAlgorithm algorithm) => new(
        request.AccountName,
        [
            new AccountProblem(
                nameof(PrivateKeyAccount.Key),
                $"it makes signatures of kind {algorithm}, which HTTP messages do not use (RFC 9421, section 6.2.2). Save an RSA key, one on the curves P-256 or P-384, or an Ed25519 key."),
        ]);

    private static AccountUnavailableException Refuse(AccountRequest request, string reason) => new(
        request.AccountName,
        $"A request was not signed with account '{request.AccountName}', and nothing was sent: {reason}",
        isTransient: false);
}
