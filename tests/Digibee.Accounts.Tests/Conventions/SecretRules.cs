using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Digibee.Accounts;

/// <summary>Where a secret may come out, and what may never carry one.</summary>
internal static class SecretRules
{
    private const string Cryptography = "src/Digibee.Accounts/Cryptography/";
    private const string Types = "src/Digibee.Accounts/AccountTypes/";

    // The audit: every file that asks for a secret's text, and why. A line here is a decision; read the file before adding one.
    private static readonly Dictionary<string, string> Reveals = new(StringComparer.Ordinal)
    {
        ["src/Digibee.Accounts/Secret.cs"] = "declares it",
        ["src/Digibee.Accounts/SealedSecretJsonConverter.cs"] = "writes the payload that is sealed",
        ["src/Digibee.Accounts/Http/Expressions/AccountExpressionText.cs"] = "puts values into what the caller marked, once a send",
        ["src/Digibee.Accounts/Interchange/PostmanEnvironment.cs"] = "takes a user name, which is read as a secret before it is known to be none",
        ["src/Digibee.Accounts/Tokens/AssertionKey.cs"] = "reads a key that signs assertions",
        ["src/Digibee.Accounts/Tokens/CachedToken.cs"] = "makes the header, once a token",
        ["src/Digibee.Accounts/Tokens/DPoPKey.cs"] = "reads the key that a token is bound to, and hashes the token",
        ["src/Digibee.Accounts/Tokens/FormContent.cs"] = "writes a token request",
        ["src/Digibee.Accounts/Tokens/TokenFingerprint.cs"] = "hashes what decides a grant",
        ["src/Digibee.Accounts/Tokens/TokenProtocol.cs"] = "checks that a token can be sent",
        ["src/Digibee.Accounts/Vault/AccountInspection.cs"] = "measures values at save",
        [$"{Cryptography}AccountKeyReader.cs"] = "reads the key that signs, once a revision",
        [$"{Cryptography}EncryptedKeyReader.cs"] = "derives the key of an encrypted key",
        [$"{Cryptography}OpenSshKeyReader.cs"] = "derives the key of an encrypted key",
        [$"{Cryptography}PemReader.cs"] = "derives the key of an encrypted key",
        [$"{Cryptography}Pkcs12Mac.cs"] = "checks a file's password",
        [$"{Cryptography}Pkcs12Reader.cs"] = "derives the key of encrypted contents",
        ["src/Digibee.Accounts.Aws/AwsRevisionCredentials.cs"] = "gives the SDK its credentials, once a revision",
        ["src/Digibee.Accounts.Mail/MailProfile.cs"] = "gives MailKit the password, once a revision",
        [$"{Types}FieldGuard.cs"] = "looks for line breaks",
        [$"{Types}ApiKey/ApiKeyAccount.cs"] = "checks at save that the key can be sent",
        [$"{Types}ApiKey/ApiKeyText.cs"] = "makes the text that is sent, once a revision",
        [$"{Types}AwsV4/AwsV4Account.cs"] = "checks the shape of the key at save",
        [$"{Types}AwsV4/AwsV4SigningKeys.cs"] = "makes the token's header and derives signing keys, once a revision",
        [$"{Types}Basic/BasicAccount.cs"] = "checks at save that the pair can be sent",
        [$"{Types}Basic/BasicHeader.cs"] = "makes the header, once a revision",
        [$"{Types}CertificateChain/CertificateChainAccount.cs"] = "reads the chain and its key at save",
        [$"{Types}CertificateChain/CertificateChainCredential.cs"] = "reads the chain and its key, once a revision",
        [$"{Types}CustomAuthHeader/CustomAuthHeaderAccount.cs"] = "checks at save that the value can be sent",
        [$"{Types}CustomAuthHeader/CustomAuthHeaderText.cs"] = "makes the header's value, once a revision",
        [$"{Types}GoogleKey/GoogleKeyAccount.cs"] = "reads the key file at save",
        [$"{Types}GoogleKey/GoogleKeyMaterial.cs"] = "reads the key file, once a revision",
        [$"{Types}Kerberos/KerberosAccount.cs"] = "reads the keytab at save",
        [$"{Types}Kerberos/KerberosCredential.cs"] = "takes the principal's keys from the keytab, once a revision",
        [$"{Types}Ntlm/NtlmResponseKey.cs"] = "derives the key of an answer, wiped with it",
        [$"{Types}OAuth2/OAuth2ClientProof.cs"] = "makes the client's Basic header for a token request",
        [$"{Types}OAuth2/OAuth2Ticket.cs"] = "seals the proof key of a log-in, and hashes it",
        [$"{Types}OAuthBearer/OAuthBearerAccount.cs"] = "checks at save that the token can be sent, and when it ends",
        [$"{Types}OAuthBearer/OAuthBearerHeader.cs"] = "makes the header, once a revision",
        [$"{Types}PrivateKey/PrivateKeyAccount.cs"] = "reads the key at save",
        [$"{Types}PublicKey/PublicKeyAccount.cs"] = "reads the key at save",
        [$"{Types}SecretKey/SecretKeyAccount.cs"] = "checks the encoding at save",
    };

    // By type: nothing a secret could hide in. By name, where the type is string: a new name is a decision too.
    private static readonly string[] LoggedTypes = ["ILogger", "int", "long", "bool", "TimeSpan", "DateTimeOffset", "HttpMethod", nameof(AccountSealFailure), nameof(SignatureAlgorithm)];
    private static readonly string[] LoggedNames = ["accountName", "accountType", "clientName", "host", "kind", "recordName", "reason", "path", "keyId", "partition", "exceptionType"];

    public static IReadOnlyList<SourceRule> All { get; } =
    [
        new("secrets come out in the audited files only", ["src/Digibee.Accounts"], OnlyAudited, "src/Digibee.Accounts/Http/Foo.cs", "class Foo { string M(Secret s) => s.Reveal(); }"),
        new("headers are written past the parser in one place", ["src"], OneRawWrite, "src/Digibee.Accounts/Http/Foo.cs", "class Foo { void M(HttpRequestHeaders h) => h.TryAddWithoutValidation(\"a\", \"b\"); }"),
        new("log messages bind names, ids and counts", ["src"], LogParameters, "src/Foo.cs", "class Log { [LoggerMessage(EventId = 101)] static partial void Sent(this ILogger logger, Uri uri); }"),
        new("errors are typed", ["src"], TypedErrors, "src/Foo.cs", "class Foo { void M() => throw new Exception(\"no\"); }"),
        new("no caught exception becomes an inner one unread", ["src/Digibee.Accounts"], NoBlindInnerException, "src/Foo.cs", "class Foo { void M() { try { } catch (Exception e) { throw new AccountUnavailableException(null, e.Message); } } }"),
    ];

    // Framework types that a caller's mistake, a disposed object or a serializer's contract ask for; everything else is an AccountException.
    private static readonly string[] FrameworkErrors =
    [
        nameof(ArgumentException), nameof(ArgumentNullException), nameof(ArgumentOutOfRangeException), nameof(FormatException), "AsnContentException", "InvalidOperationException", "JsonException",
        nameof(NotSupportedException), nameof(ObjectDisposedException), nameof(OperationCanceledException), "UnreachableException", "OptionsValidationException",

        // Thrown and caught inside the SQLite store: SqliteFailure makes a typed one of each, whoever found the damage.
        "SqliteException",

        // Thrown into MailKit, whose own these are, and caught above it: MailFailure makes a typed one of each.
        "IOException", "SaslException",
    ];

    private static IEnumerable<string> OnlyAudited(SourceFile file) =>
        from name in file.All<SimpleNameSyntax>()
        where name.Identifier.Text is nameof(Secret.Reveal) or nameof(Secret.RevealBytes) && !Reveals.ContainsKey(file.Path) && name.FirstAncestorOrSelf<CrefSyntax>() is null
        select file.At(name, "a secret comes out here; if it must, add the file to the audit with its reason");

    private static IEnumerable<string> OneRawWrite(SourceFile file) =>
        from name in file.All<SimpleNameSyntax>()
        where name.Identifier.Text == "TryAddWithoutValidation" && file.Path != "src/Digibee.Accounts/Http/RawHeaders.cs"
        select file.At(name, "it writes CR and LF to the wire; go through AccountRequest.SetHeader");

    private static IEnumerable<string> LogParameters(SourceFile file) =>
        from method in file.All<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute => attribute.Name.ToString() == "LoggerMessage")
        from parameter in method.ParameterList.Parameters
        let type = parameter.Type!.ToString().TrimEnd('?')
        where type == "string" ? !LoggedNames.Contains(parameter.Identifier.Text) : !LoggedTypes.Contains(type)
        select file.At(parameter, $"{parameter} may carry a secret");

    private static IEnumerable<string> TypedErrors(SourceFile file) =>
        from creation in file.All<ObjectCreationExpressionSyntax>()
        let type = creation.Type.ToString()
        where type.EndsWith("Exception", StringComparison.Ordinal) && !FrameworkErrors.Contains(type) && !IsOurs(type)
        select file.At(creation, $"{type} tells a caller nothing to act on");

    // Messages of the framework and of drivers quote what they could not read.
    private static IEnumerable<string> NoBlindInnerException(SourceFile file) =>
        from access in file.All<MemberAccessExpressionSyntax>()
        where access.Name.Identifier.Text == nameof(Exception.Message)
            && access.Expression is IdentifierNameSyntax { Identifier.Text: var variable }
            && access.FirstAncestorOrSelf<CatchClauseSyntax>()?.Declaration?.Identifier.Text == variable
        select file.At(access, "a caught message may quote a secret");

    private static bool IsOurs(string type) =>
        (typeof(AccountException).Assembly.GetType($"Digibee.Accounts.{type}") ?? Type.GetType($"Digibee.Accounts.{type}, Digibee.Accounts.Testing"))?.IsSubclassOf(typeof(Exception)) ?? false;
}
