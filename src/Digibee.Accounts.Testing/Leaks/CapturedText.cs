using System.Collections;
using System.Globalization;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Whatever a sink was given, as text to search: a sink that prints less than this shows less.</summary>
internal static class CapturedText
{
    private const int MaxDepth = 8;

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        if (value is null || depth > MaxDepth)
        {
            return;
        }

        switch (value)
        {
            case string or char or bool or IFormattable:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
            case byte[] bytes:
                text.Append(Encoding.Latin1.GetString(bytes));
                break;
            case ReadOnlyMemory<byte> bytes:
                text.Append(Encoding.Latin1.GetString(bytes.Span));
                break;
            case Memory<byte> bytes:
                text.Append(Encoding.Latin1.GetString(bytes.Span));
                break;
            case Exception exception:
                AppendException(text, exception, depth);
                break;
            case KeyValuePair<string, object?> entry:
                text.Append(entry.Key).Append('=');
                Append(text, entry.Value, depth + 1);
                break;
            case DictionaryEntry entry:
                Append(text, entry.Key, depth + 1);
                text.Append('=');
                Append(text, entry.Value, depth + 1);
                break;
            case IEnumerable items:
                text.Append(value);
                foreach (var item in items)
                {
                    text.Append(' ');
                    Append(text, item, depth + 1);
                }

                break;
            default:
                text.Append(value);
                break;
        }

        text.AppendLine();
    }

    private static void AppendException(StringBuilder text, Exception exception, int depth)
    {
        // ToString tells of inner exceptions, and leaves out Data, Source and help link.
        text.Append(exception).AppendLine().AppendLine(exception.Message).AppendLine(exception.Source).AppendLine(exception.HelpLink);
        Append(text, exception.Data, depth + 1);
        switch (exception)
        {
            case AccountValidationException validation:
                Append(text, validation.Problems, depth + 1);
                break;
            case ArgumentOutOfRangeException range:
                Append(text, range.ActualValue, depth + 1);
                break;
            case AggregateException aggregate:
                foreach (var inner in aggregate.InnerExceptions)
                {
                    Append(text, inner, depth + 1);
                }

                break;
        }

        Append(text, (exception as AccountException)?.AccountName, depth + 1);
        Append(text, exception.InnerException, depth + 1);
    }
}
