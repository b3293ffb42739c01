namespace Digibee.Accounts;

/// <summary>Words the refusals of the seal: which record, what is wrong, what to do. Never with an inner exception, which could say more.</summary>
internal static class SealRefusal
{
    public static AccountSealException ToSeal(in SealContext context) => new(
        context.Name,
        AccountSealFailure.TooLarge,
        $"Account '{context.Name}' in '{context.Realm}' cannot be sealed: its content is larger than 1,048,575 bytes. Keep the large part elsewhere and only the secret here.");

    public static AccountSealException ToOpen(in SealContext context, AccountSealFailure reason, ReadOnlySpan<byte> record) =>
        new(context.Name, reason, $"Account '{context.Name}' in '{context.Realm}', revision {context.Revision}, does not open: {Advice(reason, record)} What is stored was left as it is.");

    private static string Advice(AccountSealFailure reason, ReadOnlySpan<byte> record) => reason switch
    {
        AccountSealFailure.Malformed => "the stored bytes were cut, extended or overwritten. Restore the row from a backup.",
        AccountSealFailure.UnknownFormat => "the stored bytes are not a sealed record. If the store keeps them as text, change the column to binary; otherwise restore the row from a backup.",
        AccountSealFailure.UnknownVersion => "its format version is not known here. A newer version of this library wrote it: update this program, or restore the row from a backup.",
        AccountSealFailure.UnknownSuite => "its cipher suite is not known here. A newer version of this library wrote it: update this program, or restore the row from a backup.",
        AccountSealFailure.WrongKind => "the stored bytes are a sealed record of another kind. A row was copied over it: restore it from a backup.",
        AccountSealFailure.TooLarge => "the stored bytes hold more than 1,048,576 bytes of content, which this library never writes. Restore the row from a backup.",
        AccountSealFailure.UnknownKey => $"it was sealed with key {KeyText.FormatId(SealedRecord.KeyId(record))}, which the key ring does not hold. Add that key to the ring, behind the first.",
        AccountSealFailure.ContextMismatch =>
            "it was sealed for another account, type, revision or metadata. Its row was copied from another, or its clear columns were changed: restore the row from a backup.",
        AccountSealFailure.Corrupt => "its content was changed after it was sealed. Restore the row from a backup.",
        _ => $"the reason is {reason}.",
    };
}
