using System.Runtime.CompilerServices;
using System.Text.Json;
using Digibee.Accounts;

namespace CustomStore;

/// <summary>Accounts in one file: each write is a line at its end, and the rows are what all lines together say. Small, durable, safe with several processes; it is never compacted.</summary>
internal sealed class FileAccountStore(string path) : IAccountStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<RecordKey, List<StoredRecord>> _records = new(Comparer<RecordKey>.Create(Compare));
    private long _position, _lines;

    private enum Operation { Append, Replace, Purge }

    public ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default)
    {
        Check(key.Kind.Length is >= 1 and <= 32 && key.Partition.Length <= 129 && key.Name.Length is >= 1 and <= 255);
        return new(Read(() => _records.GetValueOrDefault(key)?.LastOrDefault()));
    }

    public async ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default)
    {
        Check(record.Metadata.Length <= 16_384 && record.Payload.Length <= 1_048_664 && !(record.IsDeleted && record.Payload.Length > 0) && keep is >= 1 and <= 100);
        await using var otherProcesses = await LockAsync(cancellationToken);
        var head = await GetAsync(record.Key, cancellationToken);
        return head?.ETag == expectedETag && Check(record.Revision > (head?.Revision ?? 0)) ? Write(new Line(Operation.Append, record, keep)) : null;
    }

    public async ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default)
    {
        Check(record.Payload.Length <= 1_048_664);
        await using var otherProcesses = await LockAsync(cancellationToken);
        var row = Read(() => _records.GetValueOrDefault(record.Key)?.Find(row => row.Revision == record.Revision));
        return row?.ETag == expectedETag ? Write(new Line(Operation.Replace, record, 0)) : null;
    }

    public async ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default)
    {
        await using var otherProcesses = await LockAsync(cancellationToken);
        return await GetAsync(key, cancellationToken) is { } head && head.ETag == expectedETag && Write(new Line(Operation.Purge, head, 0)) is not null;
    }

    public ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default)
    {
        Check(query.Limit is >= 1 and <= 1_000);
        var rows = Read(() => _records.Values.SelectMany(kept => query.IncludeHistory ? kept : kept.TakeLast(1)).Where(row => IsSelected(row, query)).Take(query.Limit)
            .Select(row => query.IncludePayload ? row : row with { Payload = default }).ToList());
        return new(new RecordPage(rows, rows.Count < query.Limit ? null : new RecordPosition(rows[^1].Key.Partition, rows[^1].Key.Name, rows[^1].Revision)));
    }

    public async IAsyncEnumerable<RecordChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var position = Read(() => _position);
        yield return default;
        while (true)
        {
            foreach (var (_, record, _) in ReadLines(ref position).Where(static line => line.Operation != Operation.Replace))
            {
                yield return new RecordChange(record.Key, record.Revision);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            CatchUp();
            return read();
        }
    }

    private string Write(Line line)
    {
        // What a process that was killed left behind the last whole line goes.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(Read(() => _position));
        file.Position = file.Length;
        file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line), (byte)'\n']);
        file.Flush(flushToDisk: true);
        return Read(() => $"{_lines}");
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not DirectoryNotFoundException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
            }
        }
    }

    private void CatchUp()
    {
        foreach (var (operation, record, keep) in ReadLines(ref _position))
        {
            // The tag is the number of the line: no line comes twice.
            var row = record with { ETag = $"{++_lines}" };
            var kept = _records.GetValueOrDefault(row.Key, []);
            _records[row.Key] = operation switch
            {
                Operation.Append => [.. kept.TakeLast(keep - 1), row],
                Operation.Replace => [.. kept.Select(old => old.Revision == row.Revision ? old with { Payload = row.Payload, ETag = row.ETag } : old)],
                _ => [],
            };
        }
    }

    private List<Line> ReadLines(ref long position)
    {
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        var bytes = new byte[Math.Max(0, RandomAccess.GetLength(file) - position)];
        var text = bytes.AsSpan(0, RandomAccess.Read(file, bytes, position));
        var lines = new List<Line>();
        for (var end = text.IndexOf((byte)'\n'); end >= 0; end = text.IndexOf((byte)'\n'))
        {
            lines.Add(JsonSerializer.Deserialize<Line>(text[..end])!);
            text = text[(end + 1)..];
            position += end + 1;
        }

        return lines;
    }

    private static bool IsSelected(StoredRecord row, RecordQuery query) =>
        row.Key.Kind == query.Kind && (query.Partition is null || row.Key.Partition == query.Partition) && (query.Name is null || row.Key.Name == query.Name)
        && row.Key.Name.StartsWith(query.NamePrefix ?? "", StringComparison.Ordinal) && (query.Type is null || row.Type == query.Type)
        && (query.ExpiresBefore is null || row.ExpiresAt < query.ExpiresBefore) && (query.IncludeDeleted || !row.IsDeleted)
        && (query.After is not { } after || (Compare(row.Key, new RecordKey(query.Kind, after.Partition, after.Name)) is var order && (order > 0 || (order == 0 && query.IncludeHistory && row.Revision > after.Revision))));

    // A space sorts before everything a part may hold.
    private static int Compare(RecordKey left, RecordKey right) =>
        string.CompareOrdinal($"{left.Kind} {left.Partition} {left.Name}", $"{right.Kind} {right.Partition} {right.Name}");

    private static bool Check(bool isInRange) => isInRange ? true : throw new ArgumentException("A value is out of its range.");

    private sealed record Line(Operation Operation, StoredRecord Record, int Keep);
}
