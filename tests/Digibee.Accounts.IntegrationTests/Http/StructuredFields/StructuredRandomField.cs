using System.Globalization;
using System.Text;

namespace Digibee.Accounts;

/// <summary>A structured field made by chance, written as loosely as RFC 9651 allows.</summary>
internal sealed class StructuredRandomField
{
    private readonly Random _random;

    private StructuredRandomField(Random random) => _random = random;

    public static (string Type, string Text) Next(Random random)
    {
        var field = new StructuredRandomField(random);
        return random.Next(3) switch
        {
            0 => ("item", random.Next(8) == 0 ? field.Date() : field.Padded(field.Item())),
            1 => ("list", field.Padded(string.Join(field.Comma(), field.Some(5, field.Member, least: 1)))),
            _ => ("dictionary", field.Padded(string.Join(field.Comma(), field.Some(5, field.Entry, least: 1)))),
        };
    }

    private string Entry() => _random.Next(4) == 0 ? Key() + Parameters() : $"{Key()}={Member()}";

    private string Member() => _random.Next(3) == 0 ? $"({Spaces()}{string.Join(Spaces() + " ", Some(4, Item))}{Spaces()}){Parameters()}" : Item();

    // npm's reader takes a date only where nothing follows it.
    private string Date() => "@" + _random.NextInt64(-99_999_999_999, 99_999_999_999).ToString(CultureInfo.InvariantCulture);

    private string Item() => Bare() + Parameters();

    private string Parameters() => _random.Next(2) == 0 ? "" : string.Concat(Some(3, () => $";{Spaces()}{Key()}{(_random.Next(3) == 0 ? "" : "=" + Bare())}"));

    private string Bare() => _random.Next(7) switch
    {
        0 => _random.NextInt64(-999_999_999_999_999, 1_000_000_000_000_000).ToString(CultureInfo.InvariantCulture),
        1 => $"{_random.Next(-99_999, 100_000)}.{Fraction()}",
        2 => $"\"{string.Concat(Some(12, () => Escaped((char)_random.Next(' ', 0x7F))))}\"",
        3 => Pick("*abcXYZ") + string.Concat(Some(8, () => Pick("!#$%&'*+-.^_`|~:/09azAZ"))),
        4 => $":{Convert.ToBase64String(Encoding.Latin1.GetBytes(string.Concat(Some(9, () => ((char)_random.Next(256)).ToString()))))}:",
        5 => _random.Next(2) == 0 ? "?0" : "?1",
        _ => $"%\"{string.Concat(Some(9, () => Percent(Pick("aZ 09~!\\é€😀\"%"))))}\"",
    };

    // Never zero: to JavaScript, 1.0 is the integer 1.
    private string Fraction()
    {
        var digits = _random.Next(1, 1_000).ToString("000", CultureInfo.InvariantCulture).TrimEnd('0');
        return digits.Length < 3 && _random.Next(2) == 0 ? digits + "0" : digits;
    }

    private string Key() => Pick("*abcxyz") + string.Concat(Some(4, () => Pick("_-.*059abcxyz")));

    private string Comma() => Space() + "," + Space();

    private string Padded(string text) => Spaces() + text + Spaces();

    private string Spaces() => new(' ', Math.Max(0, _random.Next(5) - 2));

    private string Space() => _random.Next(4) switch
    {
        0 => "\t",
        1 => " \t ",
        2 => "",
        _ => " ",
    };

    private static string Escaped(char c) => c is '"' or '\\' ? $"\\{c}" : c.ToString();

    private static string Percent(string character) => character is "\"" or "%" || character[0] > '~'
        ? string.Concat(Encoding.UTF8.GetBytes(character).Select(static b => $"%{b:x2}"))
        : character;

    private string Pick(string characters)
    {
        var runes = characters.EnumerateRunes().ToArray();
        return runes[_random.Next(runes.Length)].ToString();
    }

    private List<string> Some(int most, Func<string> make, int least = 0) => [.. Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => make())];
}
