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
    // sequence counts changes and never goes back: the feed's place.
    // SQLite keeps these texts as they are, and Ensure compares them: a build on Windows must make the same.
    private static readonly string[] Tables =
    [
        """
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
        ) STRICT
        """.ReplaceLineEndings("\n"),
        "CREATE UNIQUE INDEX record_revision ON record (kind, partition, name, revision)",
        "CREATE INDEX record_head ON record (kind, partition, name, revision, type, expires_at, is_deleted) WHERE is_head = 1",
        """
        CREATE TABLE change (
            sequence INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            partition TEXT NOT NULL,
            name TEXT NOT NULL,
            revision INTEGER NOT NULL
        ) STRICT
        """.ReplaceLineEndings("\n"),
        "CREATE TABLE sequence (only INTEGER PRIMARY KEY CHECK (only = 1), value INTEGER NOT NULL) STRICT",
    ];

    // What ANALYZE and PRAGMA optimize leave behind: numbers for the planner.
    private static readonly string[] Statistics = ["CREATE TABLE sqlite_stat1(tbl,idx,stat)", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"];

    private static readonly string Creation = string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(";\n", Tables)};\nINSERT INTO sequence VALUES (1, 0);\nPRAGMA application_id = {ApplicationId};\nPRAGMA user_version = {Version};");

    /// <summary>Refuses a file that is not ours or newer than we are; makes the tables in one that is empty. Until it is known to be ours, nothing is written.</summary>
    public static void Ensure(SqliteSession session, string path, bool wasOpened)
    {
        // As of one moment: another process may make the tables between two looks.
        session.Execute("BEGIN");
        var isEmpty = IsEmpty(session, path);
        if (isEmpty && wasOpened)
        {
            throw SqliteFailure.Gone(path);
        }

        if (!isEmpty && !HasOurTablesAlone(session))
        {
            throw SqliteFailure.Forged(path);
        }

        session.Execute("ROLLBACK");

        // Kept in the file; where it is on already, this changes nothing.
        if (session.Command("PRAGMA journal_mode = WAL").ExecuteScalar() is not "wal")
        {
            throw SqliteFailure.NoLog(path);
        }

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
            session.Execute(Creation);
        }

        session.Execute("COMMIT");
    }

    private static bool IsEmpty(SqliteSession session, string path)
    {
        var application = session.Scalar("PRAGMA application_id");
        var version = session.Scalar("PRAGMA user_version");
        if (application == ApplicationId)
        {
            return version switch
            {
                <= 0 => throw SqliteFailure.Damage("The schema has no version."),
                <= Version => false,
                _ => throw SqliteFailure.Newer(path, version),
            };
        }

        return application == 0 && version == 0 && session.Scalar("SELECT count(*) FROM sqlite_schema") == 0 ? true : throw SqliteFailure.Foreign(path);
    }

    // A view, a trigger, a virtual table, a check or a default that is not ours would run with our calls.
    private static bool HasOurTablesAlone(SqliteSession session)
    {
        var found = 0;
        using var reader = session.Command("SELECT sql FROM sqlite_schema").ExecuteReader();
        while (reader.Read())
        {
            var sql = reader.IsDBNull(0) ? null : reader.GetString(0);
            if (Array.IndexOf(Tables, sql) >= 0)
            {
                found++;
            }
            else if (Array.IndexOf(Statistics, sql) < 0)
            {
                return false;
            }
        }

        return found == Tables.Length;
    }
}
