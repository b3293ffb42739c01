using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>One of the fourteen account types. Each exists once, so references compare.</summary>
public sealed class AccountType : IParsable<AccountType>
{
    private const int MaxSpellingLength = 64;

    // Filled by the constructors below, and never changed afterwards.
    private static readonly Dictionary<string, AccountType> BySpelling = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, AccountType>.AlternateLookup<ReadOnlySpan<char>> ByFolded = BySpelling.GetAlternateLookup<ReadOnlySpan<char>>();

    private AccountType(string slug, string displayName, params ReadOnlySpan<string> otherSpellings)
    {
        Slug = slug;
        DisplayName = displayName;
        Add(slug);
        Add(displayName);
        foreach (var spelling in otherSpellings)
        {
            Add(spelling);
        }

        void Add(string spelling)
        {
            Span<char> folded = stackalloc char[MaxSpellingLength];
            var key = Fold(spelling, folded).ToString();
            if (!BySpelling.TryAdd(key, this) && BySpelling[key] != this)
            {
                throw new InvalidOperationException($"'{spelling}' would be the name of two types.");
            }
        }
    }

    /// <summary>Gets API Key: one query parameter, header or cookie.</summary>
    public static AccountType ApiKey { get; } = new("api-key", "API Key");

    /// <summary>Gets AWS V4: requests signed with Signature Version 4.</summary>
    public static AccountType AwsV4 { get; } = new("aws-v4", "AWS V4", "AWS_4");

    /// <summary>Gets Basic: a user name and password.</summary>
    public static AccountType Basic { get; } = new("basic", "Basic");

    /// <summary>Gets Certificate Chain: a TLS client certificate.</summary>
    public static AccountType CertificateChain { get; } = new("certificate-chain", "Certificate Chain");

    /// <summary>Gets Custom Auth Header: one header of any name.</summary>
    public static AccountType CustomAuthHeader { get; } = new("custom-auth-header", "Custom Auth Header");

    /// <summary>Gets Google Key: a service account's key.</summary>
    public static AccountType GoogleKey { get; } = new("google-key", "Google Key");

    /// <summary>Gets Kerberos: a principal and its keytab.</summary>
    public static AccountType Kerberos { get; } = new("kerberos", "Kerberos");

    /// <summary>Gets NTLM.</summary>
    public static AccountType Ntlm { get; } = new("ntlm", "NTLM");

    /// <summary>Gets OAuth 2: tokens from a provider.</summary>
    public static AccountType OAuth2 { get; } = new("oauth-2", "OAuth 2");

    /// <summary>Gets OAuth Bearer: one token that does not change.</summary>
    public static AccountType OAuthBearer { get; } = new("oauth-bearer", "OAuth Bearer", "OAUTH_BEARER_TOKEN");

    /// <summary>Gets Private Key.</summary>
    public static AccountType PrivateKey { get; } = new("private-key", "Private Key");

    /// <summary>Gets Public Key.</summary>
    public static AccountType PublicKey { get; } = new("public-key", "Public Key");

    /// <summary>Gets Secret Key: a symmetric key.</summary>
    public static AccountType SecretKey { get; } = new("secret-key", "Secret Key");

    /// <summary>Gets SMTP Auth And Properties: a mail server and how to sign in there.</summary>
    public static AccountType Smtp { get; } = new("smtp-auth-and-properties", "SMTP Auth And Properties", "SMTP Auth and Props", "SMTP Auth", "SMTP");

    /// <summary>Gets all types, in order of their slugs.</summary>
    public static IReadOnlyList<AccountType> All { get; } =
        [ApiKey, AwsV4, Basic, CertificateChain, CustomAuthHeader, GoogleKey, Kerberos, Ntlm, OAuth2, OAuthBearer, PrivateKey, PublicKey, SecretKey, Smtp];

    /// <summary>Gets the id that is stored and shown, such as <c>aws-v4</c>.</summary>
    public string Slug { get; }

    /// <summary>Gets the name for people, such as <c>AWS V4</c>.</summary>
    public string DisplayName { get; }

    /// <summary>Finds a type by its slug, its name, or another spelling the platform uses (<c>AWS_4</c>, <c>OAUTH_BEARER_TOKEN</c>); case, spaces, hyphens and underscores do not count. At most 64 characters.</summary>
    /// <param name="s">The text.</param>
    /// <returns>The type.</returns>
    /// <exception cref="FormatException">No type is spelled like that. The message does not repeat the input.</exception>
    public static AccountType Parse(string s) => Parse(s, provider: null);

    /// <summary>Finds a type by its slug, its name, or another spelling the platform uses (<c>AWS_4</c>, <c>OAUTH_BEARER_TOKEN</c>); case, spaces, hyphens and underscores do not count. At most 64 characters.</summary>
    /// <param name="s">The spelling.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The type.</returns>
    /// <exception cref="FormatException">No type is spelled like that. The message does not repeat the input.</exception>
    public static AccountType Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var type) ? type : throw new FormatException("Not an account type. Use one of the slugs in AccountType.All.");
    }

    /// <summary>Finds a type by any of its spellings.</summary>
    /// <param name="s">The spelling.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The type.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out AccountType result)
    {
        result = null;
        Span<char> folded = stackalloc char[MaxSpellingLength];
        return s is { Length: > 0 and <= MaxSpellingLength } && ByFolded.TryGetValue(Fold(s, folded), out result);
    }

    /// <summary>Returns the slug.</summary>
    /// <returns>The slug.</returns>
    public override string ToString() => Slug;

    // The stored type id is compared as it is, never folded: two spellings of one id would be two contexts of the seal.
    internal static AccountType? FromSlug(string slug)
    {
        foreach (var type in All)
        {
            if (string.Equals(type.Slug, slug, StringComparison.Ordinal))
            {
                return type;
            }
        }

        return null;
    }

    // Case of ASCII letters only: some others have an ASCII letter as their upper case.
    private static ReadOnlySpan<char> Fold(string spelling, Span<char> folded)
    {
        var length = 0;
        foreach (var c in spelling)
        {
            if (c is not ('-' or '_' or ' '))
            {
                folded[length++] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
            }
        }

        return folded[..length];
    }
}
