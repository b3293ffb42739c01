using System.Globalization;

namespace Digibee.Accounts;

/// <summary>The tables, and what tells our file from another's: <c>application_id</c> and <c>user_version</c> in its header.</summary>
internal static class SqliteSchema
{
    /// <summary>The only version so far.</summary>
    public const long Version = 1;

    /// <summary>"DgbA" in ASCII.</summary>
    public const long ApplicationId = 0x44676241;

    // One row for each kept revision. is_head is 1 in the newest of a key: its index is what a listing of heads walks, with all that a filter looks at.
    // The payload comes last, so that what is read without it leaves its overflow pages alone.
    // sequence counts writes and never goes back: tags come from it, and the feed's place.
    private static readonly string Tables = string.Create(CultureInfo.InvariantCulture, $"""
        CREATE TABLE record (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL COLLATE BINARY,
            partition TEXT NOT NULL COLLATE BINARY,
            name TEXT NOT NULL COLLATE BINARY,
            revision INTEGER NOT NULL,
            is_head INTEGER NOT NULL,
            type TEXT NOT NULL COLLATE BINARY,
            expires_at INTEGER,
            is_deleted INTEGER NOT NULL,
            tag INTEGER NOT NULL,
            metadata BLOB NOT NULL,
            payload BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX record_revision ON record (kind, partition, name, revision);
        CREATE INDEX record_head ON record (kind, partition, name, revision, type, expires_at, is_deleted) WHERE is_head = 1;
        CREATE TABLE change (
            sequence INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            partition TEXT NOT NULL,
            name TEXT NOT NULL,
            revision INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE sequence (only INTEGER PRIMARY KEY CHECK (only = 1), value INTEGER NOT NULL) STRICT;
        INSERT INTO sequence VALUES (1, 0);
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        """);

    /// <summary>Refuses a file that is not ours or newer than we are; makes the tables in one that is empty. Until it is known to be ours, nothing is written.</summary>
    public static void Ensure(SqliteSession session, string path)
    {
        // As of one moment: another process may make the tables between two looks.
        session.Execute("BEGIN");
        var isEmpty = IsEmpty(session, path);
        if (session.Scalar("SELECT count(*) FROM sqlite_schema WHERE type IN ('view', 'trigger')") != 0)
        {
            throw SqliteFailure.Forged(path);
        }

        session.Execute("ROLLBACK");

        // Kept in the file; where it is on already, this changes nothing.
        session.Execute("PRAGMA journal_mode = WAL");
        if (isEmpty)
        {
            Create(session, path);
        }
    }

    private static void Create(SqliteSession session, string path)
    {
        session.Execute("BEGIN IMMEDIATE");

        // Another process may have been first.
        if (IsEmpty(session, path))
        {
            session.Execute(Tables);
        }

        session.Execute("COMMIT");
    }

    private static bool IsEmpty(SqliteSession session, string path)
    {
        var application = session.Scalar("PRAGMA application_id");
        var version = session.Scalar("PRAGMA user_version");
        if (application == ApplicationId)
        {
            return version is > 0 and <= Version ? false : throw SqliteFailure.Newer(path, version);
        }

        return application == 0 && version == 0 && session.Scalar("SELECT count(*) FROM sqlite_schema") == 0 ? true : throw SqliteFailure.Foreign(path);
    }
}
