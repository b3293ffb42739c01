namespace Digibee.Accounts;

/// <summary>Whether a signature covers what it has to.</summary>
internal static class SignatureCoverage
{
    /// <summary>Gives the first component that is missing; <see langword="null"/> when all are covered.</summary>
    /// <param name="signature">The signature.</param>
    /// <param name="required">What it has to cover.</param>
    /// <param name="hasContent">Whether the message has content.</param>
    public static SignatureComponent? FindMissing(ReceivedSignature signature, SignatureComponentList required, bool hasContent)
    {
        foreach (var component in required.Span)
        {
            var isNeeded = hasContent || component.IsOfRequest || !component.Name.StartsWith("content-", StringComparison.Ordinal);
            if (isNeeded && !Covers(signature.Components, component))
            {
                return component;
            }
        }

        return null;
    }

    /// <summary>Tells whether a response's signature says anything of the request.</summary>
    public static bool IsBound(ReceivedSignature signature)
    {
        foreach (var component in signature.Components)
        {
            if (component.IsOfRequest)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Covers(ReadOnlySpan<SignatureComponent> components, SignatureComponent required)
    {
        foreach (var component in components)
        {
            if (component.IsSameAs(required) || Contains(component, required))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(SignatureComponent component, SignatureComponent required)
    {
        if (component.IsOfRequest != required.IsOfRequest)
        {
            return false;
        }

        return component.Name switch
        {
            "@target-uri" => required.Name is "@scheme" or "@authority" or "@path" or "@query",
            "@request-target" => required.Name is "@path" or "@query",
            _ => false,
        };
    }
}
