using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

public sealed class AwsV4ClocksTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly AwsV4Clocks _clocks;

    public AwsV4ClocksTests() => _clocks = new AwsV4Clocks(_time);

    [Fact]
    public void NowAt_OfAHostThatWasNotLearned_IsOurTime()
    {
        _clocks.Learn("wrong.example", Now.AddHours(1), Now);

        _clocks.NowAt("api.example").Should().Be(Now);
        _clocks.NowAt("wrong.example").Should().Be(Now.AddHours(1));
    }

    [Fact]
    public void NowAt_AsTimeGoesOn_KeepsTheDifference()
    {
        _clocks.Learn("api.example", Now.AddMinutes(-20), Now);
        _time.Advance(TimeSpan.FromHours(3));

        _clocks.NowAt("api.example").Should().Be(Now.AddHours(3).AddMinutes(-20));
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, false)]
    [InlineData(120, 120, true)]
    [InlineData(-1_200, -1_200, true)]
    public void Learn_OfADifference_TellsWhetherAnotherSignatureWouldDiffer(int seconds, int kept, bool expected)
    {
        var differs = _clocks.Learn("api.example", Now.AddSeconds(seconds), Now);

        differs.Should().Be(expected);
        _clocks.NowAt("api.example").Should().Be(Now.AddSeconds(kept));
    }

    [Fact]
    public void Learn_WhenOurClockWasSetRight_GoesBackToZero()
    {
        _clocks.Learn("api.example", Now.AddMinutes(20), Now);
        _time.Advance(TimeSpan.FromMinutes(20));

        var differs = _clocks.Learn("api.example", Now.AddMinutes(20), Now.AddMinutes(40));

        differs.Should().BeTrue();
        _clocks.NowAt("api.example").Should().Be(Now.AddMinutes(20));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(20, 20)]
    [InlineData(19, 20)]
    public void Check_OfAnyAnswer_ForgetsADifferenceThatIsGone(int minutes, int kept)
    {
        _clocks.Learn("api.example", Now.AddMinutes(20), Now);
        using var answer = new HttpResponseMessage { Headers = { Date = Now.AddMinutes(minutes) } };

        _clocks.Check("api.example", answer);

        _clocks.NowAt("api.example").Should().Be(Now.AddMinutes(kept));
    }

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    public void Learn_OfATimeBeyondReason_IsPassedOver(string date)
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation("Date", date);

        var differs = _clocks.Learn("api.example", AwsV4Clocks.DateOf(answer)!.Value, Now);

        differs.Should().BeFalse();
        _clocks.NowAt("api.example").Should().Be(Now);
    }

    [Theory]
    [InlineData("Wed, 25 Nov 2026 12:00:00 GMT", true)]
    [InlineData("2026-11-25T12:00:00Z", false)]
    [InlineData("yesterday", false)]
    [InlineData("", false)]
    public void DateOf_AnAnswer_IsItsDateHeader(string date, bool isRead)
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation("Date", date);

        AwsV4Clocks.DateOf(answer).Should().Be(isRead ? Now : null);
        answer.Headers.NonValidated["Date"].ToString().Should().Be(date);
    }

    [Fact]
    public void Learn_OfMoreHostsThanThereIsRoomFor_DropsTheOldest()
    {
        for (var i = 0; i <= AwsV4Clocks.Capacity; i++)
        {
            _clocks.Learn($"{i}.example", Now.AddHours(1), Now);
        }

        _clocks.Count.Should().Be(AwsV4Clocks.Capacity);
        _clocks.NowAt("0.example").Should().Be(Now);
        _clocks.NowAt("1.example").Should().Be(Now.AddHours(1));
        _clocks.NowAt($"{AwsV4Clocks.Capacity}.example").Should().Be(Now.AddHours(1));
    }

    [Fact]
    public void Learn_OfOneHostAgainAndAgain_TakesOnePlace()
    {
        for (var i = 0; i < 3 * AwsV4Clocks.Capacity; i++)
        {
            _clocks.Learn("other.example", Now.AddHours(1 + (i % 2)), Now);
        }

        _clocks.Learn("api.example", Now.AddHours(1), Now);

        _clocks.Count.Should().Be(2);
    }
}
