using System.Globalization;

namespace Digibee.Accounts;

/// <summary>The name of a signature within its message (RFC 9421, section 4).</summary>
internal static class SignatureLabel
{
    private const string First = "sig1";

    /// <summary>Gives the label that was asked for, or the first that is free.</summary>
    /// <exception cref="AccountUnavailableException">The message has a signature of that name, or fields that cannot be added to.</exception>
    public static string Choose(AccountRequest request, string? wanted)
    {
        var hasInput = request.Headers.TryGetValues(SignatureHeaders.Input, out var inputs);
        var hasSignature = request.Headers.TryGetValues(SignatureHeaders.Signature, out var signatures);
        if (!hasInput && !hasSignature)
        {
            return wanted ?? First;
        }

        if (!StructuredFieldReader.TryReadDictionary(inputs.ToString(), out var input) || !StructuredFieldReader.TryReadDictionary(signatures.ToString(), out var signature))
        {
            throw MessageSigningRefusal.OtherSignatures(request);
        }

        if (wanted is not null)
        {
            return !IsTaken(wanted) ? wanted : throw MessageSigningRefusal.LabelTaken(request);
        }

        // There are no more than the reader takes.
        var number = 1;
        var label = First;
        while (IsTaken(label))
        {
            number++;
            label = string.Create(CultureInfo.InvariantCulture, $"sig{number}");
        }

        return label;

        bool IsTaken(string label) => input.TryGet(label, out _) || signature.TryGet(label, out _);
    }
}
