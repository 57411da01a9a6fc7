using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Storage;
using ListeningBot.Tests.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>What helped others: found by the words they share, and nothing shown that was written to us alone.</summary>
public sealed class SimilarCasesTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Responder Ana = new("member:ana", "Ana");
    private readonly TempStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task The_most_similar_come_first_with_how_they_ended()
    {
        await EndAsync(1, "The hinge of my Acme laptop broke after a month", new Resolved(Ana, Outcome.Solved, Offered: "a new hinge"), TimeSpan.FromHours(3));
        await EndAsync(2, "Acme keyboard keys fell off", new Resolved(Ana, Outcome.WentAway), TimeSpan.FromDays(3));
        await EndAsync(3, "laptop hinge cracked, the screen hangs loose", new Resolved(Ana, Outcome.WentBeyond, Offered: "a repair", Beyond: "a sleeve"), TimeSpan.FromMinutes(40));

        Assert.Equal(
            [
                "case 3 (solved, and we went beyond in 40 min, offered a repair, beyond: a sleeve): \"laptop hinge cracked, the screen hangs loose\"",
                "case 1 (solved in 3 h, offered a new hinge): \"The hinge of my Acme laptop broke after a month\"",
            ],
            await SimilarAsync("My laptop's hinge is cracked, my laptop hangs in two parts, HINGE!"));
    }

    [Fact]
    public async Task At_most_three_are_shown_and_quotes_are_short()
    {
        for (var id = 1; id <= 8; id++)
        {
            await EndAsync(id, $"broken hinge number {id} of the laptop and {new string('x', 500)}", new Resolved(Ana, Outcome.Solved), TimeSpan.FromHours(1));
        }

        var similar = await SimilarAsync("the hinge of my laptop is broken");

        Assert.Equal(3, similar.Count);
        Assert.All(similar, line => Assert.True(line.Length < 140, line));
        Assert.StartsWith("case 8 ", similar[0], StringComparison.Ordinal); // the latest of equals
    }

    [Fact]
    public async Task The_brand_and_one_common_word_are_no_likeness()
    {
        string[] troubles = ["hinge", "battery", "screen", "charger", "speaker", "cable"];
        for (var id = 1; id <= 6; id++)
        {
            await EndAsync(id, $"Acme laptop: {troubles[id - 1]} gave up, warranty{id} refused{id}", new Resolved(Ana, Outcome.Solved), TimeSpan.FromHours(1));
        }

        Assert.Empty(await SimilarAsync("Acme laptop with crackling noise, static, whining fan, smelly dust inside"));
        Assert.StartsWith("case 2 ", (await SimilarAsync("Acme laptop battery gave up on day two"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_tells_nothing_makes_nothing_similar()
    {
        await EndAsync(1, "the order that you have sent is not what they said", new Resolved(Ana, Outcome.Solved), TimeSpan.FromHours(1));

        Assert.Empty(await SimilarAsync("the bill that you have sent is not what they said"));
        Assert.Empty(await SimilarAsync("!!!"));
        Assert.Empty(await SimilarAsync(""));
    }

    [Fact]
    public async Task Nothing_private_dismissed_shadowed_merged_or_deleted_is_an_example()
    {
        const string Text = "hinge cracked on my laptop";
        await EndAsync(1, Text, new Resolved(Ana, Outcome.Solved), TimeSpan.FromHours(1), isPrivate: true);
        await EndAsync(2, Text, new Dismissed(Ana), TimeSpan.FromHours(1));
        await EndAsync(3, Text, new Resolved(Ana, Outcome.NotAComplaint), TimeSpan.FromHours(1));
        await EndAsync(4, Text, new Resolved(Ana, Outcome.Solved), TimeSpan.FromHours(1), shadow: true);
        await EndAsync(5, Text, new Merged(Ana, 9), TimeSpan.FromHours(1));
        await EndAsync(6, Text, new Resolved(Ana, Outcome.Solved), TimeSpan.FromHours(1), delete: true);
        Assert.Empty(await SimilarAsync(Text));

        await EndAsync(7, Text, new Resolved(Ana, Outcome.Solved), TimeSpan.FromHours(1));
        Assert.StartsWith("case 7 ", Assert.Single(await SimilarAsync(Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_aspect_and_an_open_case_are_no_example()
    {
        await EndAsync(1, "hinge cracked on my laptop", new Resolved(Ana, Outcome.Solved), TimeSpan.FromHours(1), aspect: "delivery");
        await EndAsync(2, "hinge cracked on my laptop", new OwnerAnswered(Ana), TimeSpan.FromHours(1));

        Assert.Empty(await SimilarAsync("hinge cracked on my laptop"));
    }

    [Fact]
    public async Task Hostile_words_cost_little_and_stay_on_one_line()
    {
        await EndAsync(1, "hinge\r\ncracked \u202E\u0000 laptop", new Resolved(Ana, Outcome.Solved, Offered: "a\nb"), TimeSpan.FromHours(1));

        Assert.Equal(["case 1 (solved in 60 min, offered a b): \"hinge cracked laptop\""], await SimilarAsync("hinge cracked " + string.Concat(Enumerable.Repeat("a\u0301 \ud800", 100_000))));
    }

    [Fact]
    public async Task Looking_through_two_hundred_posts_stays_small()
    {
        for (var id = 1; id <= 210; id++)
        {
            await EndAsync(id, $"hinge{id} laptop{id % 7} broke on day{id} and nobody{id % 3} helped: {string.Concat(Enumerable.Range(0, 30).Select(i => $"word{id * 31 + i} "))}", new Resolved(Ana, Outcome.Solved), TimeSpan.FromHours(1));
        }
        await SimilarAsync("laptop3 broke, hinge3");

        var allocated = await _store.ReadAsync(view =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.NotEmpty(SimilarCases.Of(view, SomeStored.Case(99) with { Aspect = "quality" }, SomeStored.Mention("999", 99, "laptop3 broke on day200, hinge200 nobody2 helped")));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.True(allocated < 3_000_000, $"{allocated:N0} bytes");
        TestContext.Current.TestOutputHelper?.WriteLine($"{allocated:N0} bytes for 200 posts");
    }

    private async Task<IReadOnlyList<string>> SimilarAsync(string text) => await _store.ReadAsync(view =>
        SimilarCases.Of(view, SomeStored.Case(99) with { Aspect = "quality" }, SomeStored.Mention("99", 99, text)));

    private Task EndAsync(long id, string text, CaseEvent ending, TimeSpan after, bool isPrivate = false, bool shadow = false, bool delete = false, string aspect = "quality") => _store.WriteAsync(tx =>
    {
        var mention = tx.AddMention(SomeStored.Mention(id.ToString(), id, text));
        var opened = new Opened(id, mention, Priority.Normal, ["care"], Now, Now) { Aspect = aspect, Private = isPrivate, Shadow = shadow };
        var @case = Case.Open(opened);
        tx.SaveCase(@case, opened, Now);
        foreach (var happened in ending is Merged or Dismissed ? new[] { ending } : [new Claimed(Ana), ending])
        {
            @case = Assert.IsType<Transition.Changed>(@case.Apply(happened, Now + after)).Case;
            tx.SaveCase(@case, happened, Now + after);
        }
        if (delete)
        {
            tx.BlankMention(mention, Now);
        }
    });
}
