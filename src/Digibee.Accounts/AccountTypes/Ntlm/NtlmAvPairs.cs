using System.Buffers.Binary;

namespace Digibee.Accounts;

/// <summary>Walks over the pairs of the target information (MS-NLMP, section 2.2.2.1), up to the one that ends them.</summary>
internal ref struct NtlmAvPairs(ReadOnlySpan<byte> targetInfo)
{
    public const int HeaderLength = 4;

    private ReadOnlySpan<byte> _rest = targetInfo;

    public NtlmAvId Id { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Gets the pair as it stands, with its header.</summary>
    public ReadOnlySpan<byte> Pair { get; private set; }

    /// <summary>Gets whether the walk ended at the pair that says so, and not because the rest is no pair.</summary>
    public bool IsComplete { get; private set; }

    public bool MoveNext()
    {
        if (_rest.Length < HeaderLength)
        {
            return false;
        }

        Id = (NtlmAvId)BinaryPrimitives.ReadUInt16LittleEndian(_rest);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(_rest[2..]);
        if (Id == NtlmAvId.EndOfList)
        {
            IsComplete = length == 0;
            return false;
        }

        if (length > _rest.Length - HeaderLength)
        {
            return false;
        }

        Pair = _rest[..(HeaderLength + length)];
        Value = Pair[HeaderLength..];
        _rest = _rest[Pair.Length..];
        return true;
    }
}
