using Microsoft.Extensions.Configuration;

namespace Digibee.Accounts;

/// <summary>A source whose values change while the program runs, all of one change at once and with one signal.</summary>
internal sealed class ChangingConfiguration(IEnumerable<(string Key, string? Value)> values) : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load() => Apply(values);

    /// <summary>Sets values; <see langword="null"/> takes a key out.</summary>
    public void Change(IEnumerable<(string Key, string? Value)> changes)
    {
        Apply(changes);
        OnReload();
    }

    private void Apply(IEnumerable<(string Key, string? Value)> changes)
    {
        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                Data.Remove(key);
            }
            else
            {
                Data[key] = value;
            }
        }
    }
}
