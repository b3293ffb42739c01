using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Feeds a parser inputs made by mutating good ones, for <c>ACCOUNTS_FUZZ_SECONDS</c> (5 when it is unset; <c>eng/test.sh --all</c> sets 60).</summary>
internal static class Fuzzer
{
    private const int MaxLength = 8 * 1024;

    private static readonly byte[][] Interesting =
    [
        "\0"u8.ToArray(), "\r\n"u8.ToArray(), "\u2028"u8.ToArray(), "/"u8.ToArray(), ".."u8.ToArray(), "%2e"u8.ToArray(), "\""u8.ToArray(), "\\u0000"u8.ToArray(), "{"u8.ToArray(), "["u8.ToArray(),
        "*."u8.ToArray(), "https://"u8.ToArray(), "\u3002"u8.ToArray(), [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0], "1e999999"u8.ToArray(),
    ];

    /// <summary>Gets how long each fuzz test runs.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("ACCOUNTS_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 5);

    /// <summary>Runs <paramref name="parse"/> over mutations of <paramref name="corpus"/>. What it throws fails the test, with the input that made it.</summary>
    /// <param name="corpus">Good inputs and near misses.</param>
    /// <param name="parse">Calls the parser and checks its outcome; it catches the parser's own typed error and nothing else.</param>
    /// <param name="slowest">The longest one input may take.</param>
    public static void Run(IReadOnlyList<byte[]> corpus, Action<byte[]> parse, TimeSpan? slowest = null)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var limit = slowest ?? TimeSpan.FromSeconds(1);
        var pool = corpus.ToList();
        var inputs = 0L;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Duration; inputs++)
        {
            var input = Mutate(pool, random);
            var before = clock.Elapsed;
            try
            {
                parse(input);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Input {inputs} of seed {seed} broke the parser: {Convert.ToHexString(input)}", exception);
            }

            // A pause of the machine is not the parser's: only the same input, slow twice, counts.
            if (clock.Elapsed - before > limit && Time(parse, input) > limit)
            {
                throw new InvalidOperationException($"Input {inputs} of seed {seed} took longer than {limit}: {Convert.ToHexString(input)}");
            }

            // Mutations of mutations reach deeper; the pool stays bounded.
            if (random.Next(64) == 0)
            {
                if (pool.Count < corpus.Count + 256)
                {
                    pool.Add(input);
                }
                else
                {
                    pool[random.Next(corpus.Count, pool.Count)] = input;
                }
            }
        }

        inputs.Should().BeGreaterThan(100, "a fuzz test that tries next to nothing shows nothing");
    }

    /// <summary>Reads an input as text, for parsers of strings; what is no UTF-8 comes out as U+FFFD.</summary>
    public static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    private static TimeSpan Time(Action<byte[]> parse, byte[] input)
    {
        var clock = Stopwatch.StartNew();
        parse(input);
        return clock.Elapsed;
    }

    private static byte[] Mutate(List<byte[]> pool, Random random)
    {
        var bytes = new List<byte>(pool[random.Next(pool.Count)]);
        for (var rounds = random.Next(1, 6); rounds > 0; rounds--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(8))
            {
                case 0 when bytes.Count > 0:
                    bytes[at % bytes.Count] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when bytes.Count > 0:
                    bytes[at % bytes.Count] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at + 1));
                    break;
                case 3:
                    bytes.RemoveRange(0, at);
                    break;
                case 4:
                    bytes.InsertRange(at, Interesting[random.Next(Interesting.Length)]);
                    break;
                case 5:
                    var other = pool[random.Next(pool.Count)];
                    var from = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other.AsSpan(from, random.Next(other.Length - from + 1)).ToArray());
                    break;
                case 6:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 300)));
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return bytes.Count <= MaxLength ? [.. bytes] : [.. bytes.Take(MaxLength)];
    }
}
