using ListeningBot.Channels;
using ListeningBot.Channels.HackerNews;
using ListeningBot.Channels.Mastodon;
using ListeningBot.Channels.Reddit;
using ListeningBot.Channels.Searches;
using ListeningBot.Channels.StackExchange;
using ListeningBot.Channels.X;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Channels.Searches;

/// <summary>Random queries and posts: whatever the matcher finds, at least one of the searches that are asked finds too.</summary>
public sealed class SearchSoundnessTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void X_finds_whatever_a_watch_wants(int seed) => Finds(
        seed, watches => XQueries.Searches(watches, "here", null, reposts: false), (search, text) => SearchReader.Fits(search, text, SearchReader.OfX), XQueries.LongestSearch);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Xs_stream_finds_whatever_a_watch_wants(int seed) => Finds(
        seed, watches => XQueries.Rules(watches, "here", null, reposts: true), (search, text) => SearchReader.Fits(search, text, SearchReader.OfX), XQueries.LongestRule);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Reddit_finds_whatever_a_watch_wants(int seed) => Finds(
        seed,
        watches => RedditSearches.Of(null, watches, "here"),
        (search, text) => SearchReader.Fits(search, text, SearchReader.OfReddit),
        RedditSearches.Longest,
        text => text with { IsReply = false });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hacker_News_finds_whatever_a_watch_wants(int seed) => Finds(
        seed,
        watches => HackerNewsChannel.Asked("here", new HackerNewsOptions(), watches).As(HackerNewsSearch.QueryOf),
        (search, text) => search[0] == '"' ? SearchedText.Has(text.Words, search) : text.Words.Any(word => word.StartsWith(search, StringComparison.OrdinalIgnoreCase)));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Stack_Exchange_finds_whatever_a_watch_wants(int seed) => Finds(
        seed, watches => StackExchangeChannel.Asked("here", new StackExchangeOptions(), watches).As(StackExchangeChannel.QueryOf), (search, text) => SearchedText.Has(text.Words, search));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mastodon_finds_whatever_a_watch_wants(int seed) => Finds(
        seed,
        watches => MastodonPlaces.Asked("here", new MastodonOptions { Server = "https://m.example", Token = "t" }, watches),
        (place, text) => place[0] == '#' ? text.Tokens.Contains(place) : SearchedText.Has(text.Words, place["search ".Length..]));

    private static void Finds(int seed, Func<WatchSet, SearchPlan> asked, Func<string, SearchedText, bool> fits, int longest = int.MaxValue, Func<SearchedText, SearchedText>? like = null)
    {
        var random = new RandomQueries(seed);
        var (wanted, ruled) = (0, 0);
        for (var i = 0; i < 150; i++)
        {
            List<Watch> watches = [.. Enumerable.Range(0, 1 + (i % 3)).Select(n => Some.Watch("w" + n) with { Find = [], Query = new WatchQuery("", random.AnyQuery()) })];
            var set = WatchSet.Build(watches, Ours.Nobody);
            var plan = asked(set);
            Assert.All(plan.Searches, search => Assert.InRange(search.Length, 1, longest));
            for (var n = 0; n < 20; n++)
            {
                var text = random.AnyText();
                text = like is null ? text : like(text);
                var found = plan.Searches.Any(search => fits(search, text));
                foreach (var watch in set.Find(text.Post, Some.Assessment() with { Lang = text.Lang }).Select(match => match.Watch).Where(watch => !plan.Unsearchable.Contains(watch.Name)))
                {
                    wanted++;
                    Assert.True(found, $"{QueryText.Of(watch.Query!.Root)}\nwants\n{text}\nbut is asked as\n{string.Join('\n', plan.Searches)}");
                }
                ruled += found ? 0 : 1;
            }
        }
        Assert.True(wanted > 150 && ruled > 150, $"{wanted} wanted, {ruled} not asked for: this proves little.");
    }
}
