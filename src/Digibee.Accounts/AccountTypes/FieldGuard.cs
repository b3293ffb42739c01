using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>What no field of an account may ever be. Used by <c>init</c> accessors; limits and formats are the validators' part.</summary>
internal static class FieldGuard
{
    public static T NotNull<T>(T? value, [CallerMemberName] string field = "")
        where T : class => value ?? throw new ArgumentNullException(field);

    // Fields that end up in a header, a command line of a mail server or a URL: a line break there starts something the account did not say.
    public static string SingleLine(string? value, [CallerMemberName] string field = "") =>
        NotNull(value, field).AsSpan().ContainsAny('\r', '\n', '\0') ? throw LineBreak(field) : value!;

    public static string? OptionalSingleLine(string? value, [CallerMemberName] string field = "") =>
        value is null ? null : SingleLine(value, field);

    public static Secret SingleLine(Secret? value, [CallerMemberName] string field = "") =>
        NotNull(value, field).RevealBytes().ContainsAny("\r\n\0"u8) ? throw LineBreak(field) : value!;

    public static Secret? OptionalSingleLine(Secret? value, [CallerMemberName] string field = "") =>
        value is null ? null : SingleLine(value, field);

    // UseStringEnumConverter takes numbers, defined or not.
    public static TEnum Defined<TEnum>(TEnum value, [CallerMemberName] string field = "")
        where TEnum : struct, Enum => Enum.IsDefined(value) ? value : throw new ArgumentException("Not one of the defined values.", field);

    private static ArgumentException LineBreak(string field) =>
        new("It holds a line break or NUL, which can never be right here. Was the value read from a file with its last line break?", field);
}
