using ListeningBot.Channels;
using ListeningBot.Channels.Bluesky;
using ListeningBot.Channels.Mail;
using ListeningBot.Configuration;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Hosting;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Channels;

/// <summary>Complaint, our answer, the customer's answer to that: through the real channel, the intake and the store. No watch finds the answers.</summary>
public sealed class AnswersReachTheirCaseTests : IAsyncDisposable
{
    private static readonly Ours Us = new(["bluesky:did:plc:acme", "mail:*@acme.example"]);
    private readonly string _folder = Directory.CreateTempSubdirectory("answers").FullName;
    private readonly WebReader _web = new(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, TimeProvider.System);
    private readonly SqliteStore _store;

    public AnswersReachTheirCaseTests() => _store = SqliteStore.Open(Path.Combine(_folder, "bot.db"), NullLogger<SqliteStore>.Instance, new StoreOptions());

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_Bluesky(bool restarted)
    {
        await using var jetstream = await LocalJetstream.StartedAsync();
        var options = new BlueskyOptions { Endpoint = jetstream.Endpoint, LongestSilence = TimeSpan.FromSeconds(5) };
        var answeredAt = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 30);
        jetstream.Push(JetstreamFrames.Post("1", "My acme laptop died again, nobody helps", createdAt: answeredAt.AddMinutes(-2)));
        await using (Reading("bluesky", context => new BlueskyChannel(context, options)))
        {
            await HappensAsync(view => view.CaseOf(1) is not null);
            if (!restarted)
            {
                Answer();
                await HappensAsync(view => view.MentionsOfCase(1).Count == 3);
            }
        }
        if (restarted)
        {
            Answer();
            await using var again = Reading("bluesky", context => new BlueskyChannel(context, options));
            await HappensAsync(view => view.MentionsOfCase(1).Count == 3);
        }

        var (@case, events) = await _store.ReadAsync(view => (view.CaseOf(1)!, view.EventsOf(1)));
        Assert.Equal(answeredAt, @case.AnsweredAt);
        Assert.Equal("did:plc:mia/2", (await _store.ReadAsync(view => view.MentionOf(events.Select(e => e.Event).OfType<SpokeAgain>().Single().Mention)))!.Post.Key.Id);
        Assert.Equal(1, (await _store.ReadAsync(view => view.Totals())).Cases);

        void Answer()
        {
            jetstream.Push(JetstreamFrames.Post("a1", "Sorry, we look into it", did: "did:plc:acme", createdAt: answeredAt, parent: "did:plc:mia/1"));
            jetstream.Push(JetstreamFrames.Post("2", "It still does not start", parent: "did:plc:acme/a1", root: "did:plc:mia/1", createdAt: answeredAt.AddSeconds(10)));
        }
    }

    [Fact]
    public async Task On_Bluesky_where_a_stranger_began_the_thread()
    {
        await using var jetstream = await LocalJetstream.StartedAsync();
        var options = new BlueskyOptions { Endpoint = jetstream.Endpoint, LongestSilence = TimeSpan.FromSeconds(5) };
        var now = TimeProvider.System.GetUtcNow();
        jetstream.Push(JetstreamFrames.Post("1", "My acme laptop died again, nobody helps", parent: "did:plc:eve/0", createdAt: now));
        jetstream.Push(JetstreamFrames.Post("a1", "Sorry, we look into it", did: "did:plc:acme", parent: "did:plc:mia/1", root: "did:plc:eve/0", createdAt: now));
        jetstream.Push(JetstreamFrames.Post("2", "It still does not start", parent: "did:plc:acme/a1", root: "did:plc:eve/0", createdAt: now));
        jetstream.Push(JetstreamFrames.Post("9", "Nice weather today", did: "did:plc:ben", parent: "did:plc:eve/0", createdAt: now));
        await using var reading = Reading("bluesky", context => new BlueskyChannel(context, options));

        await HappensAsync(view => view.MentionsOfCase(1).Count == 3);

        Assert.Equal(3, (await _store.ReadAsync(view => view.Totals())).Mentions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task By_mail_whether_our_answer_came_to_the_inbox_as_a_copy_or_not(bool copied)
    {
        if (LocalDovecot.WhyMissing() is { } reason)
        {
            Assert.Skip(reason);
        }
        await using var dovecot = new LocalDovecot();
        await dovecot.StartAsync();
        var options = new MailOptions { Host = dovecot.Host, Port = dovecot.Port, User = dovecot.User, Password = dovecot.Password, CertificateSha256 = dovecot.CertificateSha256, Every = TimeSpan.FromSeconds(5) };
        await using var reading = Reading("inbox", context => new MailChannel(context, options));
        var now = TimeProvider.System.GetUtcNow();
        // The customer answered a newsletter of ours: the thread's first letter is not in the inbox.
        await dovecot.DeliverAsync(Letter("mia@example.org", "m1@example.org", now.AddMinutes(-9), "My acme laptop died again, nobody helps", "news@acme.example"));
        await HappensAsync(view => view.CaseOf(1) is not null);

        if (copied)
        {
            await dovecot.DeliverAsync(Letter("Care <care@acme.example>", "r1@acme.example", now.AddMinutes(-5), "Sorry, we look into it", "news@acme.example", "m1@example.org"));
            await HappensAsync(view => view.CaseOf(1)!.AnsweredAt is not null);
        }
        await dovecot.DeliverAsync(Letter("Mia <mia@example.org>", "m2@example.org", now.AddMinutes(-1), "It still does not start", "news@acme.example", "m1@example.org", "r1@acme.example"));
        await HappensAsync(view => view.MentionsOfCase(1).Count == (copied ? 3 : 2));

        var (@case, events) = await _store.ReadAsync(view => (view.CaseOf(1)!, view.EventsOf(1)));
        Assert.Equal(copied ? now.AddMinutes(-5).ToUnixTimeSeconds() : null, @case.AnsweredAt?.ToUnixTimeSeconds());
        Assert.Equal(copied ? 1 : 0, events.Count(e => e.Event is SpokeAgain));
        Assert.Equal(1, (await _store.ReadAsync(view => view.Totals())).Cases);
    }

    private static string Letter(string from, string id, DateTimeOffset date, string text, params string[] references) => $"""
        From: {from}
        To: {(from.Contains("care@", StringComparison.Ordinal) ? "mia@example.org" : "care@acme.example")}
        Subject: laptop
        Message-ID: <{id}>
        In-Reply-To: <{references[^1]}>
        References: {string.Join(' ', references.Select(reference => $"<{reference}>"))}
        Date: {date.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000

        {text}
        """;

    private Run Reading(string name, Func<ChannelContext, IChannel> channel)
    {
        var time = TimeProvider.System;
        var threads = new OpenThreads();
        foreach (var hash in _store.ReadAsync(view => view.OpenThreadHashes()).GetAwaiter().GetResult())
        {
            threads.Add(hash);
        }
        var context = new ChannelContext(name, _web, time, NullLoggerFactory.Instance, (_, ct) => Task.Delay(TimeSpan.FromMilliseconds(50), time, ct));
        var runner = new ChannelRunner(name, channel(context), new Intake(new ScorerBook(), threads), new PolicyBook(), _store, new RoomBells(time), new HealthBoard(time), time, NullLogger<ChannelRunner>.Instance);
        return new Run(ct => runner.RunAsync(WatchSet.Build([new Watch { Name = "acme", Team = "care", Find = ["acme"], AlertAt = 0.1 }], Us), ct));
    }

    private async Task HappensAsync(Func<IStoreView, bool> what)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!await _store.ReadAsync(what, late.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, late.Token);
        }
    }

    private sealed class Run : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _work;

        public Run(Func<CancellationToken, Task> work) => _work = Task.Run(() => work(_stop.Token));

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _work;
            _stop.Dispose();
        }
    }
}
