using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Computes a trailing checksum while the body goes by. For one owner at a time.</summary>
internal sealed class AwsV4Checksum(AwsV4TrailingChecksum kind) : IDisposable
{
    private readonly IncrementalHash? _hash = kind == AwsV4TrailingChecksum.Sha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private uint _crc = uint.MaxValue;

    public string Name => NameOf(kind);

    public static string NameOf(AwsV4TrailingChecksum kind) => kind == AwsV4TrailingChecksum.Sha256 ? "x-amz-checksum-sha256" : "x-amz-checksum-crc32c";

    /// <summary>Gets how long the checksum is in Base64.</summary>
    public static int LengthOf(AwsV4TrailingChecksum kind) => kind == AwsV4TrailingChecksum.Sha256 ? 44 : 8;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_hash is not null)
        {
            _hash.AppendData(bytes);
            return;
        }

        while (bytes.Length >= sizeof(ulong))
        {
            _crc = BitOperations.Crc32C(_crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            _crc = BitOperations.Crc32C(_crc, value);
        }
    }

    /// <summary>Gives the checksum in Base64.</summary>
    public string Finish()
    {
        if (_hash is not null)
        {
            return Convert.ToBase64String(_hash.GetHashAndReset());
        }

        Span<byte> crc = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(crc, ~_crc);
        return Convert.ToBase64String(crc);
    }

    public void Dispose() => _hash?.Dispose();
}
