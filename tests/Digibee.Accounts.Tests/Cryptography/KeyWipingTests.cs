using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>A key leaves no byte of itself in our memory once its revision is gone.</summary>
public sealed class KeyWipingTests
{
    [Theory]
    [InlineData("rsa")]
    [InlineData("p256")]
    [InlineData("ed25519")]
    [InlineData("ed448")]
    [InlineData("secret")]
    public void Dispose_OfARevision_WipesEveryArrayOfItsKey(string name)
    {
        var opened = name == "secret" ? TestKeys.Secret() : TestKeys.Private(name);
        SigningKey.Of(opened).Sign("data"u8);
        var arrays = ArraysOf(SigningKey.Of(opened));
        arrays.Should().NotBeEmpty().And.OnlyContain(static array => array.Any(static value => value != 0));

        opened.DisposeStates();

        arrays.Should().OnlyContain(static array => array.All(static value => value == 0));
    }

    [Fact]
    public async Task SaveAsync_OfANewRevision_WipesTheKeyOfTheOldOneAMinuteLater()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(new PrivateKeyAccount { Name = "signer", Key = new Secret(TestKeys.PrivatePem("ed25519")) });
        var opened = await fixture.Vault.OpenAsync("signer");
        SigningKey.Of(opened).Sign("data"u8);
        var arrays = ArraysOf(SigningKey.Of(opened));

        await fixture.Vault.SaveAsync(new PrivateKeyAccount { Name = "signer", Key = new Secret(TestKeys.PrivatePem("p256")) });
        arrays.Should().OnlyContain(static array => array.Any(static value => value != 0), "a request under way may still use it");
        fixture.Time.Advance(TimeSpan.FromMinutes(1));

        arrays.Should().NotBeEmpty().And.OnlyContain(static array => array.All(static value => value == 0));
    }

    // Everything of ours that hangs on the key and is an array of bytes, but for its public half.
    private static List<byte[]> ArraysOf(SigningKey signing)
    {
        var found = new List<byte[]>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(Field(Field(signing, "_holder")!, "_key"));
        return found;

        void Walk(object? value)
        {
            if (value is null || value is string || !seen.Add(value))
            {
                return;
            }

            if (value is SecretBuffer buffer)
            {
                MemoryMarshal.TryGetArray<byte>(buffer.Memory, out var segment);
                found.Add(segment.Array!);
            }
            else if (value is byte[] { Length: > 0 } bytes)
            {
                found.Add(bytes);
            }
            else if (value is Array array)
            {
                foreach (var item in array)
                {
                    Walk(item);
                }
            }
            else if (value.GetType().Assembly == typeof(SigningKey).Assembly)
            {
                foreach (var field in FieldsOf(value.GetType()).Where(static field => !field.FieldType.IsValueType && !field.Name.Contains("public", StringComparison.OrdinalIgnoreCase)))
                {
                    Walk(field.GetValue(value));
                }
            }
        }
    }

    private static object? Field(object value, string name) => FieldsOf(value.GetType()).Single(field => field.Name == name).GetValue(value);

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (Type? current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            foreach (var field in current.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }
}
