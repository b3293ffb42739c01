using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>What a form may upload to S3: conditions on its fields. One that no condition names is refused by S3. Not safe for concurrent use while it is built.</summary>
/// <remarks>"POST policy" in the Amazon S3 API Reference, "Browser-based uploads using POST".</remarks>
public sealed class AwsV4PostPolicy
{
    // The signature brings them along.
    private static readonly string[] Own = ["policy", "file", "x-amz-signature", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-security-token"];

    private readonly List<(string Operator, string Field, string Value)> _conditions = [];
    private (long Least, long Most)? _length;

    /// <summary>Asks for one value of a field, and puts the field into the form. <c>bucket</c> is a condition only, and every form needs it.</summary>
    /// <param name="field">The field's name: <c>bucket</c>, <c>key</c>, <c>acl</c>, <c>Content-Type</c>, <c>x-amz-meta-…</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>This policy.</returns>
    /// <exception cref="ArgumentException">The name is empty, stands here already, or belongs to the signature.</exception>
    public AwsV4PostPolicy Require(string field, string value) => Add("eq", field, value);

    /// <summary>Lets whoever fills in the form choose a field's value, if it begins so.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="prefix">How the value must begin; empty for any value.</param>
    /// <returns>This policy.</returns>
    /// <exception cref="ArgumentException">The name is empty, stands here already, or belongs to the signature.</exception>
    public AwsV4PostPolicy AllowPrefix(string field, string prefix) => Add("starts-with", field, prefix);

    /// <summary>Limits the size of the file. Without it, S3 takes up to 5 GiB.</summary>
    /// <param name="least">The fewest bytes.</param>
    /// <param name="most">The most bytes.</param>
    /// <returns>This policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One is negative, or the second is less than the first.</exception>
    public AwsV4PostPolicy LimitLength(long least, long most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(least);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        _length = (least, most);
        return this;
    }

    /// <summary>Gets whether the form is bound to one bucket and to a key or its beginning. Without the one S3 refuses it; without the other nobody could say where the file goes.</summary>
    internal bool IsComplete => _conditions.Exists(static condition => condition is ("eq", "bucket", _)) && _conditions.Exists(static condition => condition.Field == "key");

    /// <summary>Gets the fields whose values are fixed.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Fields =>
        from condition in _conditions
        where condition.Operator == "eq" && condition.Field != "bucket"
        select KeyValuePair.Create(condition.Field, condition.Value);

    /// <summary>Writes it as JSON, with the fields of the signature.</summary>
    internal void WriteTo(Utf8JsonWriter writer, string expiration, IEnumerable<KeyValuePair<string, string>> signatureFields)
    {
        writer.WriteStartObject();
        writer.WriteString("expiration", expiration);
        writer.WriteStartArray("conditions");
        foreach (var (op, field, value) in _conditions)
        {
            WriteCondition(writer, op, field, value);
        }

        if (_length is var (least, most))
        {
            writer.WriteStartArray();
            writer.WriteStringValue("content-length-range");
            writer.WriteNumberValue(least);
            writer.WriteNumberValue(most);
            writer.WriteEndArray();
        }

        foreach (var (field, value) in signatureFields)
        {
            WriteCondition(writer, "eq", field, value);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCondition(Utf8JsonWriter writer, string op, string field, string value)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(op);
        writer.WriteStringValue($"${field}");
        writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private AwsV4PostPolicy Add(string op, string field, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentNullException.ThrowIfNull(value);
        if (!HeaderSyntax.IsToken(field) || Own.Contains(field, StringComparer.OrdinalIgnoreCase) || _conditions.Exists(condition => condition.Field.Equals(field, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException("It is not a form field's name, has a condition already, or belongs to the signature.", nameof(field));
        }

        _conditions.Add((op, field, value));
        return this;
    }
}
