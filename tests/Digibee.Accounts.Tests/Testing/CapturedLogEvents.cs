using System.Globalization;
using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Digibee.Accounts;

/// <summary>What Serilog makes of an event: the message as text, and everything as JSON.</summary>
internal sealed class CapturedLogEvents : ILogEventSink
{
    private readonly StringBuilder _text = new();
    private readonly JsonFormatter _json = new(renderMessage: true);

    public string Text => _text.ToString();

    public void Emit(LogEvent logEvent)
    {
        using var writer = new StringWriter(_text, CultureInfo.InvariantCulture);
        writer.WriteLine(logEvent.RenderMessage(CultureInfo.InvariantCulture));
        _json.Format(logEvent, writer);
    }
}
