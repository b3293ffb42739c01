using System.Collections;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Digibee.Accounts;

/// <summary>What a debugger window, an object dumper or a data grid shows of an object: the text of each public property, and of what is in it, and debugger displays.</summary>
internal static partial class ObjectWalk
{
    private const int MaxDepth = 6;

    public static IEnumerable<(string Path, string? Text)> Of(object root) => Of(root, root.GetType().Name, 0);

    private static IEnumerable<(string Path, string? Text)> Of(object value, string path, int depth)
    {
        yield return (path, value.ToString());
        var type = value.GetType();
        foreach (var display in type.GetCustomAttributes<DebuggerDisplayAttribute>(inherit: true))
        {
            yield return (path + " in the debugger", Evaluate(display.Value, value));
        }

        if (depth == MaxDepth || value is string || type.IsPrimitive || type.IsEnum)
        {
            yield break;
        }

        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(static property => property.GetIndexParameters().Length == 0))
        {
            if (property.PropertyType.Namespace?.StartsWith("System.Reflection", StringComparison.Ordinal) != true && property.GetValue(value) is { } inner)
            {
                foreach (var found in Of(inner, $"{path}.{property.Name}", depth + 1))
                {
                    yield return found;
                }
            }
        }

        // The debugger shows fields that are not hidden, private ones too.
        foreach (var field in type.Assembly == typeof(Account).Assembly ? type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) : [])
        {
            if (field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never && field.GetValue(value) is { } inner)
            {
                foreach (var found in Of(inner, $"{path}.{field.Name}", depth + 1))
                {
                    yield return found;
                }
            }
        }

        var index = 0;
        foreach (var item in value as IEnumerable ?? Array.Empty<object>())
        {
            foreach (var found in item is null ? [] : Of(item, $"{path}[{index++}]", depth + 1))
            {
                yield return found;
            }
        }
    }

    private static string Evaluate(string display, object value) => Expression().Replace(display, match =>
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var name = match.Groups["name"].Value;
        var type = value.GetType();
        return $"{(type.GetMethod(name, Any, []) is { } method ? method.Invoke(value, null) : type.GetProperty(name, Any)?.GetValue(value) ?? type.GetField(name, Any)?.GetValue(value)
            ?? throw new NotSupportedException($"The debugger display of {type.Name} is more than a member's name; check it by eye and teach this test."))}";
    });

    [GeneratedRegex(@"\{(?<name>[^{}(),]+)(\(\))?(,nq)?\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Expression();
}
