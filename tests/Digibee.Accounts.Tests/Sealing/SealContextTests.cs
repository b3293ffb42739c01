using System.Buffers.Binary;
using System.Text;

namespace Digibee.Accounts;

public sealed class SealContextTests
{
    private static readonly string[] Alphabet = ["a", "b", "/", ".", "\0", "é", "日", "\U0001F511"];

    public static IEnumerable<TheoryDataRow<string>> Encodings() => SealVectors.Ids("contextEncoding.json");

    public static TheoryData<string, string, string, int, string> OutOfRange => new()
    {
        { "", "n", "t", 0, "Realm" },
        { new string('r', 256), "n", "t", 0, "Realm" },
        { new string('é', 128), "n", "t", 0, "Realm" },
        { "r\uD800", "n", "t", 0, "Realm" },
        { "r", "", "t", 0, "Name" },
        { "r", new string('n', 256), "t", 0, "Name" },
        { "r", new string('n', 1_000_000), "t", 0, "Name" },
        { "r", "\uDC00n", "t", 0, "Name" },
        { "r", "n", "", 0, "Type" },
        { "r", "n", new string('t', 65), 0, "Type" },
        { "r", "n", "é", 0, "Type" },
        { "r", "n", "t", 16_385, "Metadata" },
        { "r", "n", "t", 50_000_000, "Metadata" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    [Trait("Category", "Vectors")]
    public void Encode_OfAKnownAnswer_IsItsBytes(string id)
    {
        var test = SealVectors.Get("contextEncoding.json", id);

        Convert.ToHexString(Encode(test.Context(out _))).Should().Be(Convert.ToHexString(test.Hex("encoded")));
    }

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Encode_WithAFieldOutOfRange_NamesItAndDoesNotRepeatIt(string realm, string name, string type, int metadataLength, string field)
    {
        var metadata = new byte[metadataLength];

        var encoding = () => Encode(new SealContext { Realm = realm, Name = name, Type = type, Revision = 1, Metadata = metadata });

        var exception = encoding.Should().Throw<ArgumentException>().WithParameterName(field).Which;
        exception.Message.Length.Should().BeLessThan(150);
        exception.InnerException.Should().BeNull();
    }

    [Fact]
    public void Encode_WithoutAField_ThrowsArgumentException()
    {
        var encoding = () => Encode(default);

        encoding.Should().Throw<ArgumentException>().WithParameterName("Realm");
    }

    [Fact]
    public void Encode_WithEveryFieldAtItsLongest_TakesThem()
    {
        var context = new SealContext
        {
            Realm = new string('r', 255),
            Name = new string('é', 127) + "n",
            Type = new string('t', 64),
            Revision = ulong.MaxValue,
            Metadata = new byte[16_384],
        };

        Encode(context).Should().HaveCount(4 + 255 + 4 + 255 + 4 + 64 + 4 + 8 + 4 + 16_384);
    }

    [Fact]
    public void Encode_OfAnyContext_IsReadBackFieldByField()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var realm = Words(random, 60);
            var name = Words(random, 60);
            var type = new string((char)random.Next(128), random.Next(1, 65));
            var revision = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            var metadata = new byte[random.Next(400)];
            random.NextBytes(metadata);

            var fields = Split(Encode(new SealContext { Realm = realm, Name = name, Type = type, Revision = revision, Metadata = metadata }));

            fields.Should().HaveCount(5, $"of seed {seed}");
            Encoding.UTF8.GetString(fields[0]).Should().Be(realm);
            Encoding.UTF8.GetString(fields[1]).Should().Be(name);
            Encoding.ASCII.GetString(fields[2]).Should().Be(type);
            BinaryPrimitives.ReadUInt64BigEndian(fields[3]).Should().Be(revision);
            fields[4].AsSpan().SequenceEqual(metadata).Should().BeTrue();
        }
    }

    [Fact]
    public void Encode_OfContextsThatAreEqualWhenJoined_IsNeverEqual()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var joined = new string([.. Enumerable.Range(0, random.Next(4, 20)).Select(_ => "ab/."[random.Next(4)])]);
            var (first, second) = (Cuts(random, joined), Cuts(random, joined));
            var equal = Encode(Cut(joined, first)).AsSpan().SequenceEqual(Encode(Cut(joined, second)));

            equal.Should().Be(first == second, $"of seed {seed}, '{joined}' at {first} and {second}");
        }
    }

    private static byte[] Encode(in SealContext context) => context.Encode(new byte[context.BufferLength]).Bytes.ToArray();

    private static string Words(Random random, int most) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));

    private static (int Realm, int Name) Cuts(Random random, string text)
    {
        var realm = random.Next(1, text.Length - 1);
        return (realm, random.Next(realm + 1, text.Length));
    }

    private static SealContext Cut(string text, (int Realm, int Name) at) =>
        new() { Realm = text[..at.Realm], Name = text[at.Realm..at.Name], Type = text[at.Name..], Revision = 1, Metadata = [] };

    private static List<byte[]> Split(ReadOnlySpan<byte> encoded)
    {
        var fields = new List<byte[]>();
        while (!encoded.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(encoded);
            fields.Add(encoded.Slice(4, length).ToArray());
            encoded = encoded[(4 + length)..];
        }

        return fields;
    }
}
