namespace Digibee.Accounts;

/// <summary>The accounts of one message on its way: opened, checked, applied, asked for their verdict, taken off.</summary>
/// <remarks>With <c>async: false</c> every wait blocks, so that <c>Send</c> and <c>SendAsync</c> are one code.</remarks>
internal sealed class MessageAccounts(AccountClient client, HttpRequestMessage message)
{
    private readonly MessageChanges _changes = new(message);

    // A list through AccountRequest.Next: one account, the rule, then needs no array.
    private AccountRequest? _first;
    private MessageExpressions? _expressions;
    private List<ScopedSecrets>? _scoped;
    private bool _isUnderWay;

    public AccountRequest? First => _first;

    public bool IsEmpty => _first is null;

    public string FirstName => _first!.AccountName;

    public string? Explanation => _first?.FirstExplanation;

    public NameList Names
    {
        get
        {
            var names = new List<string>();
            for (var account = _first; account is not null; account = account.Next)
            {
                // One that expressions use beside the client is named once.
                if (!names.Contains(account.AccountName))
                {
                    names.Add(account.AccountName);
                }
            }

            return [.. names];
        }
    }

    /// <summary>Opens what the message asked for, or else the client's accounts. Those that sign the message come last.</summary>
    public async ValueTask OpenAsync(bool async, CancellationToken cancellationToken)
    {
        var selection = AccountSelection.Take(_changes.Message);
        _expressions = MessageExpressions.Of(_changes.Message, selection);
        if (selection is not null || _expressions is not null)
        {
            client.DemandNoCookies("a request cannot choose others");
        }

        AccountRequest? signers = null;
        var asked = selection?.Accounts ?? client.Accounts;
        var references = _expressions?.AddTo(asked) ?? asked;
        for (var i = references.Length - 1; i >= 0; i--)
        {
            var account = await OpenAsync(references[i], earlier: null, async, cancellationToken).ConfigureAwait(false);
            ref var list = ref account.TypeHandler.SignsMessage ? ref signers : ref _first;
            account.Next = list;
            list = account;
        }

        _first = AccountRequest.Join(_first, signers);
    }

    /// <summary>Opens the accounts that are still on again, for the repetition: a change that was saved meanwhile counts.</summary>
    public async ValueTask ReopenAsync(bool async, CancellationToken cancellationToken)
    {
        AccountRequest? last = null;
        for (var account = _first; account is not null; account = account.Next)
        {
            var reopened = await OpenAsync(account.Reference, account.Opened, async, cancellationToken).ConfigureAwait(false);
            reopened.Next = account.Next;
            if (last is null)
            {
                _first = reopened;
            }
            else
            {
                last.Next = reopened;
            }

            last = reopened;
        }
    }

    /// <summary>Puts every account on. If one fails, whatever was put on is still there for <see cref="TakeOff"/>.</summary>
    public async ValueTask ApplyAsync(bool async, CancellationToken cancellationToken)
    {
        if (_first is null)
        {
            return;
        }

        // All of them, before the first puts anything on.
        OriginCheck.Demand(_changes.Message, _first, client.Options.Origins);
        _changes.Forget();
        _expressions?.Apply(_changes, _first);
        for (var account = _first; account is not null; account = account.Next)
        {
            try
            {
                var applied = account.TypeHandler.AuthenticateAsync(account, cancellationToken);
                if (async)
                {
                    await applied.ConfigureAwait(false);
                }
                else
                {
                    Blocking.Wait(applied);
                }
            }
            catch (Exception exception) when (AuthenticatorFailure.IsUnexpected(exception, cancellationToken))
            {
                throw AuthenticatorFailure.Of(account, "could not be applied, so nothing was sent", exception);
            }

            client.NoteUse(account);
            client.Logger.AccountApplied(account.AccountName, account.Opened.Account.Type.Slug, account.Method, account.RequestUri.IdnHost);
        }

        if (client.Options.ResponseVerification is not null && !_first.IsAnswerChecked)
        {
            throw MessageSigningRefusal.Unchecked(_first);
        }
    }

    /// <summary>Asks every account what it makes of the answer. One that wants a repetition is enough.</summary>
    public async ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, bool async, CancellationToken cancellationToken)
    {
        var verdict = AccountVerdict.Accept;
        for (var account = _first; account is not null; account = account.Next)
        {
            try
            {
                var review = account.TypeHandler.ReviewAsync(response, account, cancellationToken);
                var judged = async ? await review.ConfigureAwait(false) : Blocking.Wait(review);
                verdict = judged == AccountVerdict.Repeat ? judged : verdict;
            }
            catch (Exception exception) when (AuthenticatorFailure.IsUnexpected(exception, cancellationToken))
            {
                throw AuthenticatorFailure.Of(account, "was sent, but its answer could not be judged", exception);
            }
        }

        return verdict;
    }

    public void TakeOff()
    {
        _first?.ForgetProofs();
        _changes.TakeOff();
    }

    /// <summary>Says that the message is under way with its accounts. Two sends at once would each take the other's credential for the caller's header.</summary>
    /// <exception cref="AccountUnavailableException">It is under way already.</exception>
    public void BeginSend()
    {
        if (_first is null)
        {
            return;
        }

        _isUnderWay = MessagesUnderWay.TryAdd(_changes.Message);
        if (!_isUnderWay)
        {
            throw client.StillBeingSent(_first.AccountName);
        }
    }

    public void EndSend()
    {
        if (_isUnderWay)
        {
            MessagesUnderWay.Remove(_changes.Message);
        }

        _scoped?.ForEach(static secrets => secrets.EndUse());
    }

    /// <summary>Gets the headers that accounts set at the last send: what the caller has under such a name is a credential too.</summary>
    public IEnumerable<string> HeaderNames => _changes.HeaderNames;

    /// <summary>Removes from a URI what accounts had put into the query and the server sent back.</summary>
    public Uri WithoutQueryParameters(Uri uri) => _changes.WithoutQueryParameters(uri);

    public bool AreAllListed(in Origin origin)
    {
        for (var account = _first; account is not null; account = account.Next)
        {
            if (!OriginCheck.IsListed(account, client.Options.Origins, origin))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes off, for good, the accounts that do not name this origin as it is, and all expressions.</summary>
    public void KeepListed(in Origin origin)
    {
        var account = _first;
        _first = null;
        _expressions = null;
        AccountRequest? last = null;
        for (; account is not null; account = account.Next)
        {
            if (account.Reference.IsExpression || !OriginCheck.IsListed(account, client.Options.Origins, origin))
            {
                client.Logger.AccountTakenOff(account.AccountName);
            }
            else if (last is null)
            {
                _first = last = account;
            }
            else
            {
                last = last.Next = account;
            }
        }

        if (last is not null)
        {
            last.Next = null;
        }
    }

    private async ValueTask<AccountRequest> OpenAsync(AccountReference reference, OpenedAccount? earlier, bool async, CancellationToken cancellationToken)
    {
        var opening = earlier is null ? client.OpenAsync(reference, cancellationToken) : client.ReopenAsync(reference, earlier, cancellationToken);
        var opened = async ? await opening.ConfigureAwait(false) : Blocking.Wait(opening);
        if (opened.ScopedSecrets is { } secrets && earlier is null)
        {
            client.DemandNoCookies("it cannot send a scope's account of that name");
            (_scoped ??= []).Add(secrets.TryUse() ? secrets : throw AccountScope.HasEnded(opened.Address.Name));
        }

        var handler = reference.IsExpression ? AccountExpressionHandler.Instance : client.TypeHandlerFor(opened.Account, reference.Settings);
        return new AccountRequest(reference, opened, handler, _changes, attempt: earlier is null ? 0 : 1) { IsSynchronous = !async, ClientOptions = client.Options };
    }
}
