namespace Digibee.Accounts;

/// <summary>What of a message an account can set.</summary>
internal enum MessagePart
{
    Header,
    Cookie,
    QueryParameter,
    Uri,
    Content,
}
