using System.Net.Sockets;
using ListeningBot.Core.Pipeline;
using ListeningBot.Hosting;
using ListeningBot.Net;

namespace ListeningBot.Tests.Hosting;

public sealed class FaultPauseTests
{
    private readonly FaultPause _pauses = new(new Random(1));

    [Fact]
    public void What_a_service_asked_for_is_waited_for_in_full_however_short_the_fault()
    {
        var limited = new ChannelException("asked too often") { After = TimeSpan.FromMinutes(7) };
        var absurd = new ChannelException("asked too often") { After = RetryAfter.Longest };

        Assert.Equal(TimeSpan.FromMinutes(7), _pauses.Next(limited, 1, TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromHours(24), _pauses.Next(absurd, 1, TimeSpan.Zero));
    }

    /// <summary>As X does for its stream: how long to wait lies in its documentation.</summary>
    [Fact]
    public void What_breaks_is_asked_for_soon_also_when_a_short_wait_was_asked_for()
    {
        var asked = TimeSpan.FromSeconds(6);
        Exception[] faults = [new ChannelException("cut") { After = asked, Passes = true }, new ChannelException("gone", new WebFaultException(WebFault.NotReached, "x")) { After = asked }];

        Assert.All(faults, broken => Assert.Equal(asked, _pauses.Next(broken, 50, TimeSpan.FromSeconds(119))));
        Assert.InRange(AfterRefusals(50, new ChannelException("asked too often") { After = asked }), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
    }

    /// <summary>The service has not noticed yet that the old connection is gone, and refuses the new one: that costs what it asks for, however long nobody was reached.</summary>
    [Fact]
    public void The_first_refusal_after_a_night_without_a_network_is_a_first_one()
    {
        var gone = new ChannelException("gone", new WebFaultException(WebFault.NotReached, "x"));
        for (var failures = 1; failures <= 1000; failures++)
        {
            _pauses.Next(gone, failures, TimeSpan.FromSeconds(3 * failures));
        }

        Assert.Equal(TimeSpan.FromMinutes(1), _pauses.Next(new ChannelException("asked too often") { After = TimeSpan.FromMinutes(1) }, 1001, TimeSpan.FromHours(1)));
        Assert.InRange(_pauses.Next(new ChannelException("no such page"), 1002, TimeSpan.FromHours(1)), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void Who_refuses_us_is_asked_ever_less_often_and_who_needs_a_human_each_hour()
    {
        var refused = new ChannelException("was asked too often (HTTP 429)");

        Assert.InRange(AfterRefusals(8, refused), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10));
        Assert.InRange(AfterRefusals(20, refused), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
        Assert.InRange(AfterRefusals(1, refused), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromHours(1), _pauses.Next(new ChannelException("token") { NeedsOperator = true }, 1, TimeSpan.Zero));
    }

    public static TheoryData<WebFault> Breaks => [WebFault.CutOff, WebFault.Timeout, WebFault.Garbled];

    [Theory]
    [MemberData(nameof(Breaks))]
    public void What_breaks_is_asked_for_soon_for_two_minutes_and_then_each_minute(WebFault fault)
    {
        Exception[] faults = [new ChannelException("broken", new WebFaultException(fault, "x")), new ChannelException("HTTP 503") { Passes = true }];
        foreach (var broken in faults)
        {
            Assert.All(Enumerable.Range(1, 50), failures => Assert.InRange(_pauses.Next(broken, failures, TimeSpan.FromSeconds(119)), TimeSpan.FromSeconds(0.5), FaultPause.Shortly));
            Assert.InRange(_pauses.Next(broken, 50, TimeSpan.FromMinutes(2)), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        }
    }

    public static TheoryData<Exception> Unreached => [new WebFaultException(WebFault.NotReached, "x"), new SocketException((int)SocketError.ConnectionRefused)];

    [Theory]
    [MemberData(nameof(Unreached))]
    public void Where_nobody_is_reached_and_where_the_store_is_away_it_is_tried_every_four_seconds(Exception cause)
    {
        var unreached = new ChannelException("gone", cause);

        Assert.InRange(_pauses.Next(unreached, 5000, TimeSpan.FromDays(1)), TimeSpan.FromSeconds(2), FaultPause.Shortly);
        Assert.InRange(_pauses.Next(new StoreException("full"), 5000, TimeSpan.FromDays(1)), TimeSpan.FromSeconds(2), FaultPause.Shortly);
    }

    /// <summary>The pause after the last of so many in a row.</summary>
    private TimeSpan AfterRefusals(int times, ChannelException refused) => Enumerable.Range(1, times).Select(failures => _pauses.Next(refused, failures, TimeSpan.FromMinutes(1))).ToList()[^1];
}
