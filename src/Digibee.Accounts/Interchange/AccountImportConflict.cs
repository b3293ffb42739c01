namespace Digibee.Accounts;

/// <summary>What an import does with an account whose name is taken by another one.</summary>
public enum AccountImportConflict
{
    /// <summary>Refuse the whole import, and name every such account.</summary>
    Fail = 0,

    /// <summary>Leave the stored account as it is.</summary>
    Skip = 1,

    /// <summary>Save the imported one as a new revision.</summary>
    Replace = 2,
}
