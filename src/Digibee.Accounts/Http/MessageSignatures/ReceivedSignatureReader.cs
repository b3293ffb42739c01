using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>Reads the signatures of a message (RFC 9421, sections 2.3, 3.2 and 4).</summary>
internal static class ReceivedSignatureReader
{
    // Each one that is tried costs a signature's check, and anybody can write them.
    private const int MaxSignatures = 8;

    // Of all of them together: each may have a long field read anew.
    private const int MaxComponents = 256;

    // The day before the last that the platform counts: a signature lasts a day at most.
    private const long MaxTime = 253_402_214_400;

    /// <summary>Reads the signatures that may count; what is wrong with the message, otherwise.</summary>
    /// <param name="message">The message.</param>
    /// <param name="label">The one label that counts; <see langword="null"/> for all.</param>
    /// <param name="signatures">Those that could be read.</param>
    /// <returns><see langword="null"/> when there is any.</returns>
    public static MessageSignatureResult? Read(SignatureMessage message, string? label, out List<ReceivedSignature> signatures)
    {
        signatures = [];
        var lines = new List<string>();
        if (!TryField(message, "signature-input", lines, out var inputField) || !TryField(message, "signature", lines, out var signatureField))
        {
            return MessageSignatureResult.Invalid(MessageSignatureFailure.Missing, "The message has no signature.");
        }

        if (!StructuredFieldReader.TryReadDictionary(inputField, out var inputs) || !StructuredFieldReader.TryReadDictionary(signatureField, out var bytes))
        {
            return Malformed();
        }

        var isAnyThere = false;
        var components = 0;
        for (var i = 0; i < inputs.Count && signatures.Count < MaxSignatures; i++)
        {
            if (label is null || inputs[i].Key == label)
            {
                isAnyThere = true;
                if (bytes.TryGet(inputs[i].Key, out var signature) && TryRead(inputs[i].Key, inputs[i].Value, signature, out var read)
                    && components + read.Components.Length <= MaxComponents)
                {
                    components += read.Components.Length;
                    signatures.Add(read);
                }
            }
        }

        return signatures.Count > 0 ? null
            : isAnyThere ? Malformed()
            : MessageSignatureResult.Invalid(MessageSignatureFailure.Missing, "The message has no signature with the label that counts.");
    }

    private static bool TryField(SignatureMessage message, string name, List<string> lines, [NotNullWhen(true)] out string? field)
    {
        lines.Clear();
        message.AddLines(name, ofTrailers: false, lines);
        field = lines.Count == 0 ? null : string.Join(", ", lines);
        return field is not null;
    }

    private static bool TryRead(string label, StructuredMember input, StructuredMember signature, [NotNullWhen(true)] out ReceivedSignature? read)
    {
        read = null;
        if (input.InnerList is not { } items || signature.InnerList is not null || signature.Item.Kind != StructuredKind.ByteSequence)
        {
            return false;
        }

        var components = new SignatureComponent[items.Count];
        for (var i = 0; i < components.Length; i++)
        {
            if (!SignatureComponentReader.TryRead(items[i], out var component) || SignatureComponentList.Holds(components.AsSpan(0, i), component))
            {
                return false;
            }

            components[i] = component;
        }

        var parameters = input.Parameters;
        if (!TryTime(parameters, "created", out var created) || !TryTime(parameters, "expires", out var expires) || !TryText(parameters, "nonce", out var nonce)
            || !TryText(parameters, "alg", out var algorithm) || !TryText(parameters, "keyid", out var keyId) || !TryText(parameters, "tag", out var tag))
        {
            return false;
        }

        read = new ReceivedSignature(label, components, input, signature.Item.Bytes!)
        {
            Created = created,
            Expires = expires,
            Nonce = nonce,
            Algorithm = algorithm,
            KeyId = keyId,
            Tag = tag,
        };
        return true;
    }

    // What is not there is fine; what is there has to be a time.
    private static bool TryTime(StructuredMap<StructuredBareItem> parameters, string name, out long? time)
    {
        time = parameters.TryGet(name, out var item) ? item.Number : null;
        return time is null || (item.Kind == StructuredKind.Integer && time is >= 0 and <= MaxTime);
    }

    private static bool TryText(StructuredMap<StructuredBareItem> parameters, string name, out string? text)
    {
        var isThere = parameters.TryGet(name, out var item);
        text = item.Kind == StructuredKind.String ? item.Text : null;
        return !isThere || text is not null;
    }

    private static MessageSignatureResult Malformed() => MessageSignatureResult.Invalid(
        MessageSignatureFailure.Malformed,
        "The message's Signature-Input or Signature cannot be read, or names components that are not known (RFC 9421, sections 2 and 4).");
}
