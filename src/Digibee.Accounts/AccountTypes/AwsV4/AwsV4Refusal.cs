namespace Digibee.Accounts;

/// <summary>Why a message was not signed: what the service would read otherwise than we do is not guessed at.</summary>
internal static class AwsV4Refusal
{
    public static AccountUnavailableException Header(AccountRequest request, string name) => Refuse(
        request,
        $"its header '{name}' holds a tab, a line break or something that is not ASCII, which services read in different ways. Change the value, or list the header in UnsignedHeaders.");

    public static AccountUnavailableException OwnHeaderOnContent(AccountRequest request, string name) => Refuse(
        request,
        $"its content brings a header '{name}', which belongs to the signature. Remove it.");

    public static AccountUnavailableException ContentLength(AccountRequest request) => Refuse(
        request,
        "Content-Length should be signed, and is not known or not sent. Take it out of SignedHeaders, or send a content of known length that is not chunked.");

    public static AccountUnavailableException Target(AccountRequest request) => Refuse(
        request,
        "its URI was made without canonicalisation and does not begin with a slash, or holds a fragment, a blank or something that is not ASCII. Percent-encode it.");

    public static AccountUnavailableException OwnParameter(AccountRequest request, string name) => Refuse(
        request,
        $"its query has a signature already, or a part of one: the parameter '{name}'. Send a presigned URI without an account, or remove the parameter.");

    public static AccountUnavailableException OwnHeader(AccountRequest request, string name) => Refuse(
        request,
        $"it brings a header '{name}', which belongs to the signature. Remove it; a hash that is known goes into AwsV4Signing.PayloadHash.");

    public static AccountUnavailableException Content(AccountRequest request) => Refuse(
        request,
        "its content can be read only once, so it cannot be hashed before it is sent. Send bytes or a stream that can seek, give the hash (AwsV4Signing.PayloadHash), mark the content "
        + "with AllowContentReplay, let it be kept in memory (AwsV4Signing.MaxBufferedBytes), or, where the service takes it, leave the body unsigned (AwsV4Signing.Payload).");

    public static AccountUnavailableException Unreadable(AccountRequest request, Exception exception) => new(
        request.AccountName,
        $"A request was not signed with account '{request.AccountName}', and nothing was sent: its content could not be read. The inner exception is the content's own.",
        isTransient: false,
        exception);

    public static AccountUnavailableException TooLong(AccountRequest request, int limit) => Refuse(
        request,
        $"its content can be read only once and is longer than MaxBufferedBytes, {limit} bytes. Raise the limit, send a stream that can seek, give the hash (AwsV4Signing.PayloadHash), or, where the service "
        + "takes it, leave the body unsigned (AwsV4Signing.Payload).");

    public static AccountUnavailableException ChunksElsewhere(AccountRequest request) => Refuse(
        request,
        "its body should go in signed chunks, which only S3 takes. Choose another AwsV4Signing.Payload.");

    public static AccountUnavailableException ChunksWithoutLength(AccountRequest request) => Refuse(
        request,
        "its body should go in signed chunks, and its length is not known. Set the content's Content-Length, or choose another AwsV4Signing.Payload.");

    public static AccountUnavailableException UnsignedOverHttp(AccountRequest request) => Refuse(
        request,
        "its body would go unsigned over clear text, where anybody on the way can change it. Use https, or set AllowUnsignedPayloadOverHttp.");

    public static AccountValidationException NoService(AccountRequest request) => Missing(request, nameof(AwsV4Account.Service), "s3");

    public static AccountValidationException NoRegion(AccountRequest request) => Missing(request, nameof(AwsV4Account.Region), "eu-central-1");

    private static AccountUnavailableException Refuse(AccountRequest request, string reason) => new(
        request.AccountName,
        $"A request was not signed with account '{request.AccountName}', and nothing was sent: {reason}",
        isTransient: false);

    private static AccountValidationException Missing(AccountRequest request, string field, string example) => new(
        request.AccountName,
        [
            new AccountProblem(
                field,
                $"it is not set, and the host '{request.RequestUri.IdnHost}' does not tell it. Save it with the account, or name it for the request: UseAccount(\"{request.AccountName}\", new AwsV4Signing {{ {field} = \"{example}\" }})."),
        ]);
}
