namespace Digibee.Accounts;

/// <summary>What a process can be asked for.</summary>
internal enum StoreMethod
{
    Open,
    Close,
    Cancel,
    Get,
    Append,
    Replace,
    Purge,
    List,
    Watch,

    /// <summary>Saves an account through a vault of its own over the open store.</summary>
    Save,

    /// <summary>Becomes another user's process.</summary>
    BecomeNobody,
}
