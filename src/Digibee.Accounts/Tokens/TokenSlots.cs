using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>The grants whose tokens are in memory. Bounded: what nobody uses goes first. What goes is in the store, or is asked for anew. Those of scopes are not among them: they are nowhere else, and go with their scope.</summary>
internal sealed class TokenSlots
{
    private readonly ConcurrentDictionary<TokenKey, TokenSlot> _slots = new();
    private readonly ConcurrentDictionary<RecordKey, TokenSlot> _failing = new();
    private readonly ConditionalWeakTable<AccountScope, ConcurrentDictionary<AccountAddress, TokenSlot>> _scoped = [];
    private readonly Lock _lock = new();
    private readonly int _capacity;
    private int _count;

    public TokenSlots(StoreFeed feed, IOptions<DigibeeAccountsOptions> options)
    {
        _capacity = options.Value.CacheCapacity;
        feed.Subscribe(OnChanged);
    }

    public int Count => Volatile.Read(ref _count);

    public TokenSlot Get(TokenKey key) => !key.IsStored ? GetScoped(key) : _slots.TryGetValue(key, out var slot) ? slot : Add(key);

    /// <summary>Lets go the tokens of a grant that nobody will ask for again.</summary>
    public void Remove(TokenSlot slot)
    {
        lock (_lock)
        {
            Retire(slot);
        }
    }

    /// <summary>Lets go the tokens of an account that was deleted: one that is made anew under its name begins without.</summary>
    public void Remove(AccountAddress address)
    {
        lock (_lock)
        {
            foreach (var (key, slot) in _slots)
            {
                if (key.Address == address)
                {
                    Retire(slot);
                }
            }
        }
    }

    /// <summary>Notes that a person's grant has failed: a change of its row, as a log-in on another node makes it, is another chance.</summary>
    public void NoteFailure(TokenSlot slot)
    {
        if (slot.Key.IsStored && !slot.IsRetired)
        {
            _failing[TokenRows.RowKeyOf(slot.Key)] = slot;
        }
    }

    public void NoteSuccess(TokenSlot slot)
    {
        if (slot.Key.IsStored)
        {
            _failing.TryRemove(TokenRows.RowKeyOf(slot.Key), out _);
        }
    }

    // One for each account, whose next revision shares it if it is the same grant. After the scope's end it is its finder's alone.
    private TokenSlot GetScoped(TokenKey key) => key.Scope is { IsOver: false } scope
        ? _scoped.GetOrCreateValue(scope).AddOrUpdate(key.Address, static (_, key) => new TokenSlot(key), static (_, found, key) => found.Key == key ? found : new TokenSlot(key), key)
        : new TokenSlot(key);

    private TokenSlot Add(TokenKey key)
    {
        lock (_lock)
        {
            if (_slots.TryGetValue(key, out var others))
            {
                return others;
            }

            if (_count >= _capacity)
            {
                MakeRoom();
            }

            var slot = new TokenSlot(key) { WasUsed = true };
            _slots[key] = slot;
            _count++;
            return slot;
        }
    }

    // A twentieth at once, so that the walk is paid for by many additions. Those unused since the last walk go; when there are none, any. One that is at work, or holds what is not saved, stays if it can.
    private void MakeRoom()
    {
        var surplus = Math.Max(1, _capacity / 20);
        foreach (var (_, slot) in _slots)
        {
            if (slot.WasUsed)
            {
                slot.WasUsed = false;
            }
            else if (slot.Flight is null && slot.Unsaved is null)
            {
                Retire(slot);
                if (--surplus == 0)
                {
                    return;
                }
            }
        }

        foreach (var (_, slot) in _slots)
        {
            if (slot.Flight is null && slot.Unsaved is null)
            {
                Retire(slot);
                if (--surplus == 0)
                {
                    return;
                }
            }
        }
    }

    private void Retire(TokenSlot slot)
    {
        if (_slots.TryRemove(KeyValuePair.Create(slot.Key, slot)))
        {
            slot.IsRetired = true;
            _count--;
            _failing.TryRemove(KeyValuePair.Create(TokenRows.RowKeyOf(slot.Key), slot));
        }
    }

    private void OnChanged(RecordChange change)
    {
        if (change.Key is not { } key)
        {
            // Anything may have changed.
            foreach (var (failing, _) in _failing)
            {
                GiveAnotherChance(failing);
            }

            foreach (var (_, slot) in _slots)
            {
                slot.Heard(long.MaxValue);
            }
        }
        else if (key.Kind == RecordKinds.Token)
        {
            GiveAnotherChance(key);
            foreach (var (slotKey, slot) in _slots)
            {
                if (slotKey.IsOfRow(key))
                {
                    slot.Heard(change.Revision);
                }
            }
        }
        else if (key.Kind == RecordKinds.Account)
        {
            // It may have been deleted elsewhere, and its tokens with it.
            foreach (var (slotKey, slot) in _slots)
            {
                if (slotKey.Address.Name == key.Name && slotKey.Address.Partition == key.Partition)
                {
                    slot.Heard(long.MaxValue);
                }
            }
        }
    }

    private void GiveAnotherChance(RecordKey key)
    {
        if (_failing.TryRemove(key, out var slot))
        {
            lock (slot.Lock)
            {
                slot.Failure = null;
            }
        }
    }
}
