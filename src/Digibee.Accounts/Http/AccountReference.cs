namespace Digibee.Accounts;

/// <summary>Which account to apply: a name in the program's own realm and environment, or a full address; never a value.</summary>
internal sealed class AccountReference
{
    private readonly AccountAddress? _address;

    // With the source it belongs to: a message may be sent through another program's pipeline, whose realm is another.
    private volatile Resolution? _resolution;

    public AccountReference(string name, IAccountSettings? settings = null)
    {
        Name = AccountAddress.CheckPart(name, nameof(name));
        Settings = settings;
    }

    public AccountReference(AccountScope scope, string name)
        : this(scope.AddressOf(name), project: null) => Scope = scope;

    public AccountReference(AccountAddress address, string? project, IAccountSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        Name = address.Name;
        Project = project;
        Settings = settings;
        _address = address;
    }

    public string Name { get; }

    /// <summary>Gets the project the request belongs to; <see langword="null"/> for the client's or the program's.</summary>
    public string? Project { get; }

    /// <summary>Gets the scope that the account must be in, or, for an expression, that is looked in first; <see langword="null"/> to look in the current one and then in the store.</summary>
    public AccountScope? Scope { get; private init; }

    /// <summary>Gets how to apply the account to this one message; <see langword="null"/> for the type's defaults.</summary>
    public IAccountSettings? Settings { get; }

    /// <summary>Gets whether expressions alone use the account.</summary>
    public bool IsExpression { get; private init; }

    /// <summary>Refers to an account that expressions name, beside those that the message asks for: in the realm, environment, project and scope of the first of them.</summary>
    public static AccountReference OfExpression(string name, AccountReference? beside) => beside?._address is { } address
        ? new(new AccountAddress(address.Realm, address.Environment, name), beside.Project) { IsExpression = true, Scope = beside.Scope }
        : new(name) { IsExpression = true };

    public static AccountReference[] FromNames(ReadOnlySpan<string> names)
    {
        var accounts = new AccountReference[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (names[..i].Contains(names[i]))
            {
                throw new ArgumentException("The same account is named twice.", nameof(names));
            }

            accounts[i] = new AccountReference(names[i]);
        }

        return accounts;
    }

    public AccountAddress Resolve(IAccountSource source)
    {
        if (_address is not null)
        {
            return _address;
        }

        if (_resolution is not { } resolution || resolution.Source != source)
        {
            _resolution = resolution = new Resolution(source, new AccountAddress(source.DefaultRealm, source.DefaultEnvironment, Name));
        }

        return resolution.Address;
    }

    private sealed record Resolution(IAccountSource Source, AccountAddress Address);
}
