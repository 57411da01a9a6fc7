using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class SamplerTests
{
    private readonly ManualClock _clock = new();
    private readonly Sampler _sampler;

    public SamplerTests() => _sampler = new Sampler(_clock) { Limits = new SampleLimits(3000, 30) };

    [Fact]
    public void The_few_posts_of_a_feed_are_all_kept_beside_a_stream_that_is_thinned()
    {
        var (feed, stream, weight) = (0, 0, 0L);
        for (var minute = 0; minute < 3 * 24 * 60; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            feed += minute % 144 == 0 && _sampler.Choose("feed") > 0 ? 1 : 0;
            for (var post = 0; post < 300; post++)
            {
                var chosen = _sampler.Choose("stream");
                stream += chosen > 0 ? 1 : 0;
                weight += chosen;
            }
        }

        Assert.Equal(30, feed);
        Assert.InRange(stream, 300, 300 + 60);
        Assert.InRange(3 * 24 * 60 * 300 - weight, 0, 300 * 24 * 60 / 100);
    }

    [Fact]
    public void Nothing_is_chosen_where_none_are_to_be_kept()
    {
        _sampler.Limits = new SampleLimits(0, 30);

        Assert.Equal(0, _sampler.Choose("feed"));
    }

    [Fact]
    public void What_is_refused_after_all_leaves_its_place_to_another_and_what_it_stood_for_stays()
    {
        while (_sampler.Choose("stream") > 0)
        {
        }
        Pass(9);
        _clock.Advance(TimeSpan.FromDays(0.01));
        var weight = _sampler.Choose("stream");
        _sampler.Refuse("stream", weight);

        Assert.Equal(11, weight);
        Assert.Equal(11, _sampler.Choose("stream"));
    }

    [Fact]
    public void An_event_that_is_passed_over_allocates_nothing_and_no_post_is_made_of_it()
    {
        while (_sampler.Choose("stream") > 0)
        {
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        Pass(10_000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        var intake = new Intake(new ScorerBook(), new OpenThreads(), _sampler);
        var harvest = intake.Take("stream", new Unmade(), WatchSet.Build([Some.Watch()], Ours.Nobody));
        Assert.Empty(harvest.Unmatched);
        Assert.Empty(harvest.Aside);
    }

    [Fact]
    public void What_matched_nothing_is_chosen_and_private_automatic_and_own_posts_never_are()
    {
        var intake = new Intake(new ScorerBook(), new OpenThreads(), _sampler);
        var posts = new[]
        {
            Some.Post("good morning", "1"),
            Some.Post("good letter", "2") with { Private = true },
            Some.Post("good robot", "3") with { Automatic = true },
            Some.Post("good us", "4") with { Author = new Author { Handle = "acmecare" } },
            Some.Post("acme is late", "5"),
            Some.Post("good sent mail", "6") with { ByUs = true },
        };

        var harvest = intake.Take("posts", PostBatch.Of(posts, new Cursor("1")), WatchSet.Build([Some.Watch()], new Ours(["@acmecare"])));

        Assert.Equal("1", Assert.Single(harvest.Unmatched).Post.Key.Id);
        Assert.Equal(1, harvest.Unmatched[0].Weight);
        Assert.All(harvest.Apart(), part => Assert.Empty(part.Unmatched));
    }

    [Fact]
    public void What_only_another_language_keeps_from_matching_is_chosen_too()
    {
        var intake = new Intake(new ScorerBook(), new OpenThreads(), _sampler);
        var post = Some.Post("my acme laptop is broken and nobody answers me since last week");

        var harvest = intake.Take("posts", PostBatch.Of([post], new Cursor("1")), WatchSet.Build([Some.Watch() with { Languages = ["de"] }], Ours.Nobody));

        Assert.Equal(post, Assert.Single(harvest.Unmatched).Post);
    }

    [Theory]
    [InlineData("nb", "no", "acme svarer ikke på epostene mine, ingen tar telefonen", true)]
    [InlineData("no", "nn", "acme svarer ikke på epostane mine, ingen tek telefonen", true)]
    [InlineData("uk", "uk", "acme: мій ноутбук зламався, ніхто не відповідає", true)]
    [InlineData("uk", null, "acme: мій ноутбук зламався, ніхто не відповідає", true)]
    [InlineData("uk", "en-GB", "acme: мій ноутбук зламався, ніхто не відповідає", true)]
    [InlineData("uk", "ru", "acme: мой ноутбук сломался, никто не отвечает", false)]
    [InlineData("de", null, "acme: мой ноутбук сломался, никто не отвечает", false)]
    public void A_watch_hears_its_languages_by_all_their_codes_and_those_that_only_the_source_can_tell(string wanted, string? claimed, string text, bool isHeard)
    {
        var intake = new Intake(new ScorerBook(), new OpenThreads(), _sampler);
        var plain = Some.Watch() with { Languages = [wanted] };
        var asked = Some.Watch() with { Find = [], Query = new WatchQuery($"acme lang:{wanted}", QueryParser.Read($"acme lang:{wanted}", null).Root!) };

        foreach (var watch in new[] { plain, asked })
        {
            var harvest = intake.Take("posts", PostBatch.Of([Some.Post(text) with { Lang = claimed }], new Cursor("1")), WatchSet.Build([watch], Ours.Nobody));
            Assert.Equal(isHeard, harvest.Heard.Count == 1);
        }
    }

    [Fact]
    public void What_an_app_says_of_the_language_takes_nothing_from_who_listens_for_the_greatest_of_the_script()
    {
        var intake = new Intake(new ScorerBook(), new OpenThreads(), _sampler);
        var post = Some.Post("acme: мой ноутбук сломался, никто не отвечает") with { Lang = "uk" };

        Assert.Single(intake.Take("posts", PostBatch.Of([post], new Cursor("1")), WatchSet.Build([Some.Watch() with { Languages = ["ru"] }], Ours.Nobody)).Heard);
    }

    private void Pass(int posts)
    {
        for (var i = 0; i < posts; i++)
        {
            _sampler.Choose("stream");
        }
    }

    /// <summary>A stream's events, of which no post may be made.</summary>
    private sealed class Unmade : PostBatch
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Unmade() => Next = new Cursor("1");

        public override int Count => 100;
        public override ChangeKind KindOf(int index) => ChangeKind.Added;
        public override PostKey KeyAt(int index) => throw new InvalidOperationException();
        public override ReadOnlySpan<byte> TextOf(int index) => "good morning"u8;
        public override bool IsReply(int index) => false;
        public override ulong AnswersHash(int index) => 0;
        public override ulong ThreadHashOf(int index) => 0;
        public override ulong AuthorHashOf(int index) => 0;
        public override Post PostAt(int index) => throw new InvalidOperationException();
    }
}
