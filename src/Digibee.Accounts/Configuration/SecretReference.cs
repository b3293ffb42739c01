using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>A secret as a configuration names it: <c>env:NAME</c> or <c>file:path</c>. Neither the text nor what it leads to is in any message.</summary>
internal static class SecretReference
{
    public const string Variable = "env:";

    private const string File = "file:";

    // What can be sealed in one record; the account's own limit is checked with the account.
    private const int MaxLength = AccountPayload.MaxLength;

    /// <summary>Gives the secret; <see langword="null"/> when there is none, and then the problem is the end of a sentence about it.</summary>
    public static Secret? Resolve(string text, bool allowsLiterals, out string problem)
    {
        problem = "";
        try
        {
            if (text.StartsWith(Variable, StringComparison.Ordinal))
            {
                problem = "the environment variable it names is not set, or is empty.";
                return System.Environment.GetEnvironmentVariable(text[Variable.Length..]) is { Length: > 0 } value ? new Secret(value) : null;
            }

            if (text.StartsWith(File, StringComparison.Ordinal))
            {
                return Read(text[File.Length..], out problem);
            }

            problem = "a secret does not stand in a configuration outside development. Write env:NAME for an environment variable, or file:path for a file.";
            return allowsLiterals ? new Secret(text) : null;
        }
        catch (ArgumentException)
        {
            problem = "it is not UTF-8 text, or its variable or file cannot be called so. Binary material is written as base64.";
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            problem = $"the file it names cannot be read ({exception.GetType().Name}). It must be there, and readable for this program's user.";
            return null;
        }
    }

    private static Secret? Read(string path, out string problem)
    {
        // A pipe would hold up the reader, and a device has no end. They, sockets and what the kernel makes up have no length; a link is looked through.
        var target = System.IO.File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var length = new FileInfo(target).Length;
        if (length is 0 or > MaxLength)
        {
            problem = length == 0 ? "the file it names is empty, or is no regular file." : "the file it names is longer than the 1,048,575 bytes that can be sealed.";
            return null;
        }

        // One byte more than there should be, so that a file that grows is seen to.
        var bytes = GC.AllocateUninitializedArray<byte>((int)length + 1, pinned: true);
        try
        {
            var read = Fill(target, bytes);
            problem = "the file it names holds no more than a line break, or grew while it was read.";
            var content = TrimLineBreak(bytes.AsSpan(0, read));
            return read <= length && content.Length > 0 ? new Secret(content) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static int Fill(string path, Span<byte> bytes)
    {
        using var file = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = 0;
        while (length < bytes.Length && RandomAccess.Read(file, bytes[length..], length) is > 0 and var read)
        {
            length += read;
        }

        return length;
    }

    // Editors and echo add one. Another may be the secret's own.
    private static ReadOnlySpan<byte> TrimLineBreak(ReadOnlySpan<byte> content) =>
        content.EndsWith("\r\n"u8) ? content[..^2] : content.EndsWith("\n"u8) ? content[..^1] : content;
}
