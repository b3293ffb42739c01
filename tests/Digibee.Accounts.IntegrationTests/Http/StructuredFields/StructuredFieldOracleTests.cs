namespace Digibee.Accounts;

/// <summary>npm's structured-headers beside ours, over fields made by chance.</summary>
public sealed class StructuredFieldOracleTests
{
    [Fact]
    public async Task Canonical_OfTenThousandRandomFields_IsWhatNpmWrites()
    {
        var random = new Random(9651);
        var fields = Enumerable.Range(0, 10_000).Select(_ => StructuredRandomField.Next(random)).ToList();

        var theirs = await NpmOracles.AnswerAsync(fields.Select(static field => new { @do = "field", type = field.Type, field = field.Text }));

        theirs.Should().HaveCount(fields.Count);
        for (var i = 0; i < fields.Count; i++)
        {
            var ours = StructuredText.Canonical(fields[i].Type, fields[i].Text);
            ours.Should().NotBeNull("it is a {0}: {1}", fields[i].Type, fields[i].Text);
            theirs[i].TryGetProperty("field", out var field).Should().BeTrue("npm reads {0} too, and says {1}", fields[i].Text, theirs[i]);
            ours.Should().Be(field.GetString(), "of {0}", fields[i].Text);
        }
    }
}
