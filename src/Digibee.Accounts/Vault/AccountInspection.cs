using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Digibee.Accounts;

/// <summary>What a save finds out about an account: problems that stop it, warnings, and what may be said of it in clear. Field names come from the caller's own expression.</summary>
internal sealed class AccountInspection(AccountLimits limits, DateTimeOffset? now = null)
{
    private readonly List<AccountProblem> _problems = [];

    public AccountLimits Limits { get; } = limits;

    /// <summary>Gets the time of the save; <see langword="null"/> when nothing is to be said of expiry.</summary>
    public DateTimeOffset? Now { get; } = now;

    public IReadOnlyList<AccountProblem> Problems => _problems;

    public List<string> Warnings { get; } = [];

    public Dictionary<string, string> Facts { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets when the credential ends, as it says itself.</summary>
    public DateTimeOffset? KnownExpiry { get; set; }

    public void Refuse(string field, string message) => _problems.Add(new AccountProblem(field, message));

    public void Warn(string field, string message) => Warnings.Add($"{field}: {message}");

    /// <summary>Notes what is surely no secret. What is too long to be an identifier is left out: metadata is for people and filters.</summary>
    public void Note(string fact, string value)
    {
        if (value.Length is > 0 and <= 256)
        {
            Facts[fact] = value;
        }
    }

    /// <summary>Checks a text that must be there. Returns whether looking at it any closer makes sense.</summary>
    public bool Require(string value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        NotEmpty(value.Length, "Fill it in.", field) && WithinLimit(value.Length, field) && WellFormed(value, field);

    /// <inheritdoc cref="Require(string, string)"/>
    public bool Require(Secret value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        NotEmpty(value.RevealBytes().Length, "Fill it in.", field) && Allow(value, field);

    /// <summary>Checks a text that may be left out, by <see langword="null"/> and not by nothing between quotes. Returns whether there is one to look at any closer.</summary>
    public bool Allow([NotNullWhen(true)] string? value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        value is not null && NotEmpty(value.Length, "Leave it out instead.", field) && WithinLimit(value.Length, field) && WellFormed(value, field);

    /// <inheritdoc cref="Allow(string, string)"/>
    public bool Allow([NotNullWhen(true)] Secret? value, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (value is null)
        {
            return false;
        }

        var utf8 = value.RevealBytes();
        if (!NotEmpty(utf8.Length, "Leave it out instead.", field) || !WithinLimit(Encoding.UTF8.GetCharCount(utf8), field))
        {
            return false;
        }

        if (utf8[0] is (byte)' ' or (byte)'\t' || utf8[^1] is (byte)' ' or (byte)'\t')
        {
            Warn(field, "it begins or ends with a space or tab, as values do that were copied with too much around them.");
        }

        return true;
    }

    /// <summary>Checks a list, which counts as one value: its entries and a separator for each.</summary>
    public bool Allow(NameList value, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        var length = value.Count;
        for (var i = 0; i < value.Count; i++)
        {
            length += value[i].Length;
            if (!WellFormed(value[i], field))
            {
                return false;
            }
        }

        return WithinLimit(length, field);
    }

    /// <summary>Checks how many there are of something.</summary>
    public void Limit(int count, int limit, string field)
    {
        if (count > limit)
        {
            Refuse(field, Invariant($"it has {count:N0} entries; {limit:N0} are the limit. Remove some."));
        }
    }

    /// <summary>Checks a text that may be empty.</summary>
    public void Limit(string? value, int limit, string field)
    {
        if (value is null || !WellFormed(value, field) || value.Length <= limit)
        {
            return;
        }

        Refuse(field, Invariant($"it has {value.Length:N0} characters; {limit:N0} are the limit. Shorten it."));
    }

    private bool NotEmpty(int length, string remedy, string field)
    {
        if (length == 0)
        {
            Refuse(field, $"it is empty. {remedy}");
        }

        return length > 0;
    }

    private bool WithinLimit(int length, string field)
    {
        if (length > Limits.ValueLength)
        {
            Refuse(field, Invariant($"it is longer than {Limits.ValueLength:N0} characters. Shorten it, or raise {nameof(AccountLimits)}.{nameof(AccountLimits.ValueLength)}."));
        }

        return length <= Limits.ValueLength;
    }

    // Stored text is UTF-8, which has no form for it: it would come back as another text.
    private bool WellFormed(string value, string field)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
            {
                continue;
            }

            if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
            {
                Refuse(field, "it holds half of a surrogate pair, so it cannot be stored. Write it again.");
                return false;
            }

            i++;
        }

        return true;
    }

    private static string Invariant(ref DefaultInterpolatedStringHandler text) => string.Create(CultureInfo.InvariantCulture, ref text);
}
