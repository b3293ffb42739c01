namespace Digibee.Accounts;

/// <summary>Judges the signatures of a message (RFC 9421, section 3.2). Safe for concurrent use.</summary>
/// <param name="verification">What a signature has to be like.</param>
/// <param name="nonces">What was seen before.</param>
/// <param name="time">The clock.</param>
internal sealed class SignatureJudge(MessageVerification verification, NonceMemory nonces, TimeProvider time)
{
    /// <summary>Judges what a signature says of itself, before a key is asked for; <see langword="null"/> when nothing speaks against it.</summary>
    public MessageSignatureResult? Prejudge(ReceivedSignature signature, SignatureMessage message, bool hasContent)
    {
        if ((verification.KeyId is not null && signature.KeyId != verification.KeyId) || (verification.Tag is not null && signature.Tag != verification.Tag))
        {
            return Invalid(MessageSignatureFailure.UnknownKey, "The signature is for another key or another application: its keyid or its tag is not the one that counts.");
        }

        var required = verification.Required ?? (message.Status == 0 ? SignatureComponentList.NeededOfRequests : SignatureComponentList.NeededOfResponses);
        if (SignatureCoverage.FindMissing(signature, required, hasContent) is { } missing)
        {
            return Invalid(
                MessageSignatureFailure.Incomplete,
                $"The signature does not cover {missing.Identifier}. The other side has to sign it, or MessageVerification.RequiredComponents has to leave it out.");
        }

        if (message.Status != 0 && !verification.AllowUnboundResponse && !SignatureCoverage.IsBound(signature))
        {
            return Invalid(
                MessageSignatureFailure.Incomplete,
                "The signature covers nothing of the request, so the response may be the answer to another one. The other side has to sign components with the parameter req, or MessageVerification.AllowUnboundResponse has to be set.");
        }

        return PrejudgeTime(signature);
    }

    /// <summary>Judges a signature with its key.</summary>
    /// <exception cref="AccountValidationException">The account holds no key that checks signatures, or not of this algorithm.</exception>
    /// <exception cref="AccountTypeMismatchException">The account is of a type that checks none.</exception>
    public MessageSignatureResult Judge(ReceivedSignature signature, SignatureMessage message, OpenedAccount opened)
    {
        var key = VerificationKey.Of(opened);
        var algorithm = verification.Algorithm ?? key.DefaultAlgorithm;
        if (SignatureAlgorithmName.Find(algorithm) is not { } name || (signature.Algorithm is not null && signature.Algorithm != name))
        {
            return Invalid(
                MessageSignatureFailure.AlgorithmMismatch,
                $"The signature was not made with the key's algorithm, {SignatureAlgorithmName.Find(algorithm) ?? "which HTTP messages do not use"}. Where an RSA key should check another one, set MessageVerification.Algorithm.");
        }

        if (Check(signature, message, key, algorithm) is { } failure)
        {
            return failure;
        }

        // Only now: before, anybody could have written the nonce.
        if (signature.Nonce is { } nonce && Remember(opened, signature, nonce) is { } replay)
        {
            return replay;
        }

        if (signature.ContentDigest is not { } covered)
        {
            return MessageSignatureResult.Valid(opened.Address.Name, signature, digest: null);
        }

        return ContentDigest.Find(message, covered.Key) is { } digest
            ? MessageSignatureResult.Valid(opened.Address.Name, signature, digest)
            : Invalid(MessageSignatureFailure.DigestUnusable, "The signed Content-Digest cannot be read, or holds neither SHA-256 nor SHA-512 (RFC 9530, section 5).");
    }

    private MessageSignatureResult? Check(ReceivedSignature signature, SignatureMessage message, VerificationKey key, SignatureAlgorithm algorithm)
    {
        var workspace = SignatureWorkspace.Take();
        try
        {
            for (var i = 0; i < signature.Components.Length; i++)
            {
                // By its number: its name is the sender's, and may be anything.
                if (workspace.WriteLine(signature.Components[i], message, verification.StructuredFields) is { } problem)
                {
                    return Invalid(MessageSignatureFailure.ComponentMissing, $"The signature covers something that cannot be taken from the message, as component {i + 1}: {problem}.");
                }
            }

            StructuredFieldWriter.WriteMember(workspace.Header, signature.Input);
            workspace.WriteParameters(workspace.Header.Written);
            return key.Verify(workspace.Base.Written, signature.Signature, algorithm)
                ? null
                : Invalid(MessageSignatureFailure.Wrong, "The signature is wrong: another key made it, or the message was changed after it was signed.");
        }
        finally
        {
            workspace.GiveBack();
        }
    }

    private MessageSignatureResult? PrejudgeTime(ReceivedSignature signature)
    {
        var now = time.GetUtcNow();
        if (signature.Created is not { } created)
        {
            return Invalid(MessageSignatureFailure.NotYetValid, "The signature does not say when it was made: the other side has to add created.");
        }

        if (DateTimeOffset.FromUnixTimeSeconds(created) - verification.ClockTolerance > now)
        {
            return Invalid(MessageSignatureFailure.NotYetValid, "The signature was made in the future. Set the clocks, or raise MessageVerification.ClockTolerance.");
        }

        if (EndOf(signature) + verification.ClockTolerance < now)
        {
            return Expired();
        }

        return verification.RequireNonce && signature.Nonce is null
            ? Invalid(MessageSignatureFailure.NonceMissing, "The signature has no nonce: the other side has to add one, or MessageVerification.RequireNonce has to be false.")
            : null;
    }

    private MessageSignatureResult? Remember(OpenedAccount opened, ReceivedSignature signature, string nonce)
    {
        // Again: finding the key took its time, and past its end a nonce is no longer remembered.
        var now = time.GetUtcNow();
        var end = EndOf(signature) + verification.ClockTolerance;
        return end < now ? Expired() : nonces.Add(opened.Address, nonce, end, now) switch
        {
            MessageSignatureFailure.None => null,
            MessageSignatureFailure.Replayed => Invalid(MessageSignatureFailure.Replayed, "A message with this nonce came before: somebody sent it a second time."),
            var full => Invalid(full, $"{NonceMemory.Capacity} nonces are remembered, so nobody could tell whether this one comes again. Lower MessageVerification.MaxAge."),
        };
    }

    private DateTimeOffset EndOf(ReceivedSignature signature)
    {
        var end = DateTimeOffset.FromUnixTimeSeconds(signature.Created!.Value) + verification.MaxAge;
        return signature.Expires is { } expires && DateTimeOffset.FromUnixTimeSeconds(expires) is var earlier && earlier < end ? earlier : end;
    }

    private static MessageSignatureResult Expired() => Invalid(MessageSignatureFailure.Expired, "The signature is past its end, or older than MessageVerification.MaxAge.");

    private static MessageSignatureResult Invalid(MessageSignatureFailure failure, string reason) => MessageSignatureResult.Invalid(failure, reason);
}
