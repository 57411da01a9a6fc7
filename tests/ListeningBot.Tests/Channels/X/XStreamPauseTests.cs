using System.Net;
using ListeningBot.Channels.X;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Tests.Channels.X;

public sealed class XStreamPauseTests
{
    private readonly XStreamPause _pause = new();

    [Theory]
    [InlineData("cut", 40, 250, 16_000)]
    [InlineData("many", 8, 60_000, 1_800_000)]
    [InlineData("answer", 9, 5_000, 320_000)]
    public void Each_kind_grows_to_its_end(string kind, int times, double first, double last)
    {
        var pauses = Enumerable.Range(0, times + 70).Select(_ => _pause.After(Fault(kind)).TotalMilliseconds).ToList();

        Assert.Equal(first, pauses[0]);
        Assert.Equal(pauses.Order(), pauses);
        Assert.All(pauses.Skip(times + 24), pause => Assert.Equal(last, pause));
    }

    /// <summary>The old connection is still open at X, which has not noticed yet: a long night without a network must not become half an hour without a stream.</summary>
    [Fact]
    public void The_first_too_many_after_many_cuts_costs_a_minute()
    {
        for (var i = 0; i < 100; i++)
        {
            _pause.After(Fault("cut"));
        }

        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)], [_pause.After(Fault("many")), _pause.After(Fault("many"))]);
        Assert.Equal(TimeSpan.FromSeconds(5), _pause.After(Fault("answer")));
        _pause.After(Fault("cut"));
        Assert.Equal(TimeSpan.FromMinutes(4), _pause.After(Fault("many")));
    }

    [Fact]
    public void What_X_says_itself_goes_before_and_who_is_heard_begins_anew()
    {
        Assert.Equal(TimeSpan.FromSeconds(77), _pause.After(new XTooManyException("too many") { After = TimeSpan.FromSeconds(77) }));
        Assert.False(_pause.IsNone);
        _pause.End();
        Assert.True(_pause.IsNone);
        Assert.Equal(TimeSpan.FromMinutes(1), _pause.After(Fault("many")));
    }

    /// <summary>What X can't do now passes by itself: its channel is tried again soon, and not after ever longer pauses.</summary>
    [Theory]
    [InlineData(503, true)]
    [InlineData(404, false)]
    public void An_answer_of_a_broken_server_passes(int status, bool passes)
    {
        var answer = new WebAnswer { Status = (HttpStatusCode)status, Url = new Uri("https://api.x.com/"), Headers = new Dictionary<string, string>(), Body = default };
        Assert.Equal(passes, XFaults.OfStream(answer, DateTimeOffset.UnixEpoch, "token").Passes);
    }

    private static ChannelException Fault(string kind) => kind switch
    {
        "cut" => new XCutException("cut"),
        "many" => new XTooManyException("too many"),
        _ => new ChannelException("HTTP 503"),
    };
}
