using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>A secret that is easy to recognise, and accounts that hold it, for tests that nothing of it comes out where it should not.</summary>
/// <remarks>
/// Drive <see cref="Accounts"/> through your own code, then give <see cref="ThrowIfFound(string, string?)"/> whatever came out:
/// <code>
/// var canary = new LeakCanary();
/// foreach (var account in canary.Accounts)
/// {
///     canary.ThrowIfFound("my report", MyReport.Describe(account));
/// }
/// </code>
/// <see cref="LeakCanaryLoggerProvider"/> and <see cref="LeakCanaryTelemetry"/> collect logs, traces and metrics. Immutable and safe for concurrent use. Each instance has a value of its own, so
/// tests that run side by side do not find each other's.
/// </remarks>
public sealed class LeakCanary
{
    // Plus and slash have another form in a URL and in JSON; all is Base64, and fits a header, a cookie and a bearer token.
    private const string Prefix = "canary+";
    private const string Suffix = "/";
    private const int CoreLength = 32;

    private readonly LeakForms _forms;
    private readonly Lazy<IReadOnlyList<Account>> _accounts;

    /// <summary>Initializes a new instance with a random value.</summary>
    public LeakCanary()
    {
        var core = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", CoreLength);
        Value = Prefix + core + Suffix;
        Secret = new Secret(Value);
        _forms = new LeakForms(Value, core);
        _accounts = new(() => new LeakCanaryAccounts(Value, Encoding.ASCII.GetBytes(core)).All);
    }

    /// <summary>Gets the secret as text: 40 characters, letters and digits, <c>+</c> and <c>/</c>.</summary>
    public string Value { get; }

    /// <summary>Gets the secret.</summary>
    public Secret Secret { get; }

    /// <summary>Gets accounts of every type, several for a type that has several ways to hold its secret. Each can be saved; each secret field holds the canary in the form that its type asks for: the
    /// value itself, or keys, keytabs and documents whose bytes are made of it. Names are unique. Allowed origins are not set: use a <c>with</c> expression.</summary>
    public IReadOnlyList<Account> Accounts => _accounts.Value;

    /// <summary>Looks for the canary in some text: the value, a part that is its own, and their forms in Base64 (whatever stands before them, both alphabets), hexadecimal, lists of bytes, URLs, JSON
    /// and UTF-16, across line breaks too.</summary>
    /// <param name="text">The text; <see langword="null"/> holds nothing.</param>
    /// <returns>The name of the form that was found, such as <c>Base64</c>; <see langword="null"/> when there is none.</returns>
    public string? Find(string? text) => text is null ? null : _forms.Find(text);

    /// <summary>Looks for the canary in some bytes, such as a file or a recorded connection.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The name of the form that was found; <see langword="null"/> when there is none.</returns>
    public string? Find(ReadOnlySpan<byte> bytes) => _forms.Find(Encoding.Latin1.GetString(bytes));

    /// <summary>Checks that some text does not hold the canary.</summary>
    /// <param name="sink">Where the text came out, for the message.</param>
    /// <param name="text">The text; <see langword="null"/> holds nothing.</param>
    /// <exception cref="LeakCanaryException">It does.</exception>
    public void ThrowIfFound(string sink, string? text) => Throw(sink, Find(text));

    /// <summary>Checks that some bytes do not hold the canary.</summary>
    /// <param name="sink">Where the bytes came out, for the message.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="LeakCanaryException">They do.</exception>
    public void ThrowIfFound(string sink, ReadOnlySpan<byte> bytes) => Throw(sink, Find(bytes));

    /// <summary>Checks that an exception does not hold the canary: its text, its <see cref="Exception.Data"/>, the values it carries (problems, arguments), and all of them in its inner exceptions.</summary>
    /// <param name="sink">What threw it, for the message.</param>
    /// <param name="exception">The exception.</param>
    /// <exception cref="LeakCanaryException">It does.</exception>
    public void ThrowIfFound(string sink, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Throw(sink, Find(CapturedText.Of(exception)));
    }

    /// <summary>Returns the name of the type: the value does not leak by way of a test's own output.</summary>
    /// <returns><c>LeakCanary</c>.</returns>
    public override string ToString() => nameof(LeakCanary);

    private static void Throw(string sink, string? form)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (form is not null)
        {
            throw new LeakCanaryException(sink, form);
        }
    }
}
