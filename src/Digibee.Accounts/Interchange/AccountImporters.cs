namespace Digibee.Accounts;

/// <summary>Reads credentials as other programs keep them. Each gives accounts that are not saved yet, and lists what could not become one; no value is in what it says.</summary>
/// <remarks>Names that do not follow the grammar of <see cref="AccountAddress"/> are made to: lower case, and a hyphen for everything else. What a name was before stands in the description. Inputs are bytes, so that the caller can wipe them.</remarks>
public static class AccountImporters
{
    internal const int MaxLength = 1024 * 1024;

    /// <summary>Reads a PKCS#12 file (<c>.p12</c>, <c>.pfx</c>) as a Certificate Chain account.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="pkcs12">The file's bytes (RFC 7292).</param>
    /// <param name="password">The file's password; <see langword="null"/> for none.</param>
    /// <returns>The account, and what else the file holds.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> does not follow the grammar.</exception>
    /// <exception cref="AccountValidationException">The file cannot be read, does not open with this password, holds no private key, or its key belongs to none of its certificates.</exception>
    public static AccountImport FromPkcs12(string name, ReadOnlySpan<byte> pkcs12, Secret? password)
    {
        var account = CertificateChainAccount.FromPkcs12(name, pkcs12, password);
        using var material = KeyReader.Read(pkcs12, password);
        var unsupported = new ImportProblems();
        if (material.PrivateKeys.Count > 1)
        {
            unsupported.Add(0, name, null, $"{material.PrivateKeys.Count - 1} more private keys are in the file, and an account holds one. Export the others each into a file of its own.");
        }

        if (material.OtherBags > 0)
        {
            unsupported.Add(0, name, null, $"{material.OtherBags} entries of the file are neither keys nor X.509 certificates: revocation lists or secrets. An account has no place for them.");
        }

        return new AccountImport([account], unsupported.All);
    }

    /// <summary>Reads the key file of a Google service account, as the console downloads it. Files of other kinds (<c>authorized_user</c>, <c>external_account</c>) are listed as unsupported.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="utf8Json">The file; at most 1 MiB.</param>
    /// <param name="scopes">The scopes to ask for, an entry each.</param>
    /// <returns>The account, or why there is none.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> does not follow the grammar.</exception>
    /// <exception cref="AccountImportException">The file is too long.</exception>
    public static AccountImport FromGoogleKeyFile(string name, ReadOnlySpan<byte> utf8Json, params ReadOnlySpan<string> scopes)
    {
        AccountAddress.CheckPart(name, nameof(name));
        var import = new ImportedFile(utf8Json.Length);
        var draft = new AccountDraft(name, AccountType.GoogleKey);
        ImportedFile.Set(draft, nameof(GoogleKeyAccount.Key), utf8Json);
        draft.Set(AccountFieldSpelling.Find(AccountType.GoogleKey, nameof(GoogleKeyAccount.Scopes))!, scopes.ToArray());
        import.Add(1, draft);
        return import.ToImport();
    }

    /// <summary>Reads profiles of the AWS command line: an AWS V4 account for each that has an access key, with its session token and region.</summary>
    /// <param name="credentials">The text of <c>~/.aws/credentials</c>; at most 1 MiB.</param>
    /// <param name="config">The text of <c>~/.aws/config</c>, for the regions and for profiles that stand there; empty for none.</param>
    /// <returns>The accounts. Roles, single sign-on, processes and settings of the command line are listed as unsupported.</returns>
    /// <exception cref="AccountImportException">A text is too long, or no UTF-8.</exception>
    public static AccountImport FromAwsProfiles(ReadOnlySpan<byte> credentials, ReadOnlySpan<byte> config = default)
    {
        var import = new ImportedFile(Math.Max(credentials.Length, config.Length));
        new AwsProfiles(import).Read(credentials, config);
        return import.ToImport();
    }

    /// <summary>Reads a <c>.netrc</c> file: a Basic account for each machine with a login and a password, for <c>https</c> on that machine.</summary>
    /// <param name="netrc">The text; at most 1 MiB.</param>
    /// <returns>The accounts, named after their machines. <c>default</c>, <c>macdef</c> and <c>account</c> are listed as unsupported.</returns>
    /// <exception cref="AccountImportException">The text is too long, or no UTF-8.</exception>
    public static AccountImport FromNetrc(ReadOnlySpan<byte> netrc)
    {
        var import = new ImportedFile(netrc.Length);
        new NetrcFile(import).Read(netrc);
        return import.ToImport();
    }

    /// <summary>Reads an exported Postman environment. It says what is secret and not what it is for, so names decide: <c>x_username</c> with <c>x_password</c> is a Basic account, <c>…token</c> or <c>…bearer</c> an OAuth Bearer
    /// account, and every other secret a Secret Key account in text.</summary>
    /// <param name="utf8Json">The file; at most 1 MiB.</param>
    /// <returns>The accounts, without origins. What is disabled or not marked secret is listed as unsupported.</returns>
    /// <exception cref="AccountImportException">The file is too long, or no Postman environment.</exception>
    public static AccountImport FromPostmanEnvironment(ReadOnlySpan<byte> utf8Json)
    {
        var import = new ImportedFile(utf8Json.Length);
        new PostmanEnvironment(import).Read(utf8Json);
        return import.ToImport();
    }
}
