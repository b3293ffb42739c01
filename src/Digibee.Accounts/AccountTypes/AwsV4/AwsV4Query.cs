using System.Runtime.InteropServices;

namespace Digibee.Accounts;

/// <summary>The canonical query: every parameter with a value, in one spelling, in the order of its bytes. For one owner at a time.</summary>
internal sealed class AwsV4Query
{
    private const int KeptParameters = 256;

    private readonly SigningText _encoded = new();
    private readonly Comparison<Parameter> _byNameAndValue;
    private Parameter[] _parameters = new Parameter[16];
    private int _count;

    public AwsV4Query() => _byNameAndValue = Compare;

    /// <summary>Appends the canonical form of a query.</summary>
    /// <param name="text">Where it goes.</param>
    /// <param name="query">The query as it is sent, without the question mark.</param>
    public void Append(SigningText text, ReadOnlySpan<byte> query)
    {
        if (query.IsEmpty)
        {
            return;
        }

        // Only an ampersand separates, and what is empty between two is nothing.
        foreach (var range in query.Split((byte)'&'))
        {
            if (query[range] is { IsEmpty: false } piece)
            {
                Add(piece);
            }
        }

        // After the encoding, and not the joined text: "a-" comes behind "a", "[" behind digits, and what is above U+D7FF where its bytes say.
        _parameters.AsSpan(0, _count).Sort(_byNameAndValue);
        for (var i = 0; i < _count; i++)
        {
            if (i > 0)
            {
                text.Append((byte)'&');
            }

            text.Append(_encoded.Written[_parameters[i].Start.._parameters[i].End]);
        }

        Clear();
    }

    private void Add(ReadOnlySpan<byte> piece)
    {
        if (_count == _parameters.Length)
        {
            Array.Resize(ref _parameters, 2 * _count);
        }

        var equals = piece.IndexOf((byte)'=');
        var start = _encoded.Length;
        AwsV4PercentEncoding.AppendReencoded(_encoded, equals < 0 ? piece : piece[..equals], keepSlash: false);
        var nameEnd = _encoded.Length;
        _encoded.Append((byte)'=');
        AwsV4PercentEncoding.AppendReencoded(_encoded, equals < 0 ? default : piece[(equals + 1)..], keepSlash: false);
        _parameters[_count++] = new(start, nameEnd, _encoded.Length);
    }

    private int Compare(Parameter left, Parameter right)
    {
        var bytes = _encoded.Written;
        var byName = bytes[left.Start..left.NameEnd].SequenceCompareTo(bytes[right.Start..right.NameEnd]);
        return byName != 0 ? byName : bytes[left.NameEnd..left.End].SequenceCompareTo(bytes[right.NameEnd..right.End]);
    }

    private void Clear()
    {
        _count = 0;
        _encoded.Clear();
        if (_parameters.Length > KeptParameters)
        {
            _parameters = new Parameter[16];
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Parameter(int Start, int NameEnd, int End);
}
