using System.Diagnostics;
using System.Text;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>A post that a watch matched, that may answer an open case, or whose author may have one, scored.</summary>
/// <param name="Watches">The watches that matched; empty for a possible answer, and for what else a customer writes.</param>
/// <param name="ByUs">An account of ours wrote it, or its source says that we did.</param>
public sealed record Heard(ChangeKind Kind, Post Post, IReadOnlyList<Watch> Watches, Assessment Assessment, bool ByUs)
{
    /// <summary>By which words they matched.</summary>
    public IReadOnlyList<FoundBy> Found { get; init; } = [];

    /// <summary>No live watch asks for its words: only whom it speaks to makes it heard.</summary>
    public bool ByAddress { get; init; }

    /// <summary>The first span of its trace, not ended yet; null where nobody traces.</summary>
    public Activity? Trace { get; init; }
}

/// <summary>What of a batch must be recorded, in one transaction with its cursor.</summary>
/// <param name="Next">Null: the cursor stays.</param>
/// <param name="Gone">Deletions: the post's key, or the author's for <see cref="ChangeKind.AuthorGone"/>.</param>
/// <param name="Aside">Items that the channel could not understand.</param>
/// <param name="Read">How many posts the batch held.</param>
public sealed record Harvest(
    string Channel,
    Cursor? Next,
    bool FirstContact,
    Gap? Gap,
    IReadOnlyList<Heard> Heard,
    IReadOnlyList<(ChangeKind Kind, PostKey Key)> Gone,
    IReadOnlyList<BadItem> Aside,
    int Read)
{
    /// <summary>When it was read; null when nobody measured it.</summary>
    public BatchClock? Clock { get; init; }

    /// <summary>Of what no watch matched, what is to be kept for trying watches on.</summary>
    public IReadOnlyList<Chosen> Unmatched { get; init; } = [];

    /// <summary>Each item alone, in order; none of them moves the cursor.</summary>
    public IEnumerable<Harvest> Apart()
    {
        var empty = this with { Next = null, Gap = null, Aside = [], Heard = [], Gone = [], Unmatched = [] };
        return [.. Heard.Select(heard => empty with { Heard = [heard] }), .. Gone.Select(gone => empty with { Gone = [gone] })];
    }

    /// <summary>Which item this is, without its words.</summary>
    public string Describe() => string.Join(", ", [.. Heard.Select(heard => heard.Post.Key), .. Gone.Select(gone => gone.Key)]);

    /// <summary>What was heard, as its channel gave it.</summary>
    public IEnumerable<PostChange> Changes() =>
        [.. Heard.Select(heard => new PostChange(heard.Kind, heard.Post.Key, heard.Post)), .. Gone.Select(gone => new PostChange(gone.Kind, gone.Key, null))];
}

/// <summary>Matches and scores a batch. Most posts end here, at almost no cost.</summary>
/// <param name="sampler">Null: nothing is kept of what matched nothing.</param>
public sealed class Intake(ScorerBook scorers, OpenThreads threads, Sampler? sampler = null)
{
    /// <summary>The version of the model in force.</summary>
    public string JudgedBy => scorers.Current.Version;

    /// <summary>What people opened is listened to like what was heard.</summary>
    public void Follow(Followed followed) => threads.Add(followed);

    public Harvest Take(string channel, PostBatch batch, WatchSet watches)
    {
        var heard = new List<Heard>();
        var gone = new List<(ChangeKind, PostKey)>();
        var aside = new List<BadItem>(batch.Aside);
        var unmatched = new List<Chosen>();
        for (var i = 0; i < batch.Count; i++)
        {
            var kind = batch.KindOf(i);
            if (kind is ChangeKind.Deleted or ChangeKind.AuthorGone)
            {
                gone.Add((kind, batch.KeyAt(i)));
            }
            else
            {
                Hear(channel, kind, batch, i, watches, heard, aside, unmatched);
            }
        }
        return new Harvest(channel, batch.Next, batch.FirstContact, batch.Gap, heard, gone, aside, batch.Count) { Unmatched = unmatched };
    }

    /// <summary>An item that defeats us is kept aside; the rest goes on.</summary>
    private void Hear(string channel, ChangeKind kind, PostBatch batch, int index, WatchSet watches, List<Heard> heard, List<BadItem> aside, List<Chosen> unmatched)
    {
        try
        {
            var anyway = kind == ChangeKind.Edited || threads.MayAnswer(batch, index) || threads.MayGoOn(batch, index) || CanaryText.MayBe(batch.TextOf(index));
            if (!anyway && !watches.Matches(batch.TextOf(index), batch.ChannelOf(index) ?? channel) && !watches.Ours.AreSpokenTo(batch, index))
            {
                Sample(batch.ChannelOf(index) ?? channel, batch, index, watches, unmatched);
                return;
            }
            var one = Listen(kind, batch.PostAt(index), watches);
            if (one.Watches.Count == 0 && kind == ChangeKind.Added && !CanaryText.MayBe(batch.TextOf(index)))
            {
                Sample(one.Post.Channel, batch, index, watches, unmatched);
            }
            if (!anyway && one.Watches.Count == 0)
            {
                // Its text alone might have matched; what else is known of it says no.
                return;
            }
            if (one.Watches.Count > 0)
            {
                threads.AddAuthor(ThreadHash.OfAuthor(one.Post));
            }
            if (one.Watches.Count > 0 || (one.Post.InReplyTo ?? one.Post.Thread) is not null)
            {
                // Its answer may stand in this very batch, before the store knows of a case.
                threads.Add(ThreadHash.Of(one.Post.Key));
            }
            heard.Add(one);
        }
        catch (Exception e)
        {
            aside.Add(new BadItem($"could not be understood ({e.GetType().Name})", Encoding.UTF8.GetString(batch.TextOf(index))) { Change = ChangeOf(kind, batch, index) });
        }
    }

    /// <summary>Without its post when that is what defeats us.</summary>
    private static PostChange? ChangeOf(ChangeKind kind, PostBatch batch, int index)
    {
        try
        {
            return new PostChange(kind, batch.KeyAt(index), batch.PostAt(index));
        }
        catch (Exception)
        {
            return null;
        }
    }

    private void Sample(string channel, PostBatch batch, int index, WatchSet watches, List<Chosen> unmatched)
    {
        if (sampler is not null && sampler.Choose(channel) is var weight and > 0)
        {
            var post = batch.PostAt(index);
            if (Sampler.MayKeep(post, post.ByUs || watches.Ours.Wrote(post)))
            {
                unmatched.Add(new Chosen(post, weight));
            }
            else
            {
                sampler.Refuse(channel, weight);
            }
        }
    }

    /// <summary>Matched and scored; nothing is remembered of it.</summary>
    public Heard Listen(ChangeKind kind, Post post, WatchSet watches)
    {
        var assessment = scorers.Current.Assess(TextOf(post), EvidenceOf(post));
        var matches = MatchesOf(watches, post, assessment);
        return new Heard(kind, post, [.. matches.Select(match => match.Watch)], assessment, post.ByUs || watches.Ours.Wrote(post))
        {
            Found = [.. matches.Select(match => FoundBy.Of(match.Watch.Name, WatchWords.Of(match)))],
            ByAddress = matches.Any(match => match.ByAddress),
        };
    }

    /// <summary>The watches that match, and understand its language.</summary>
    public static IReadOnlyList<Watch> MatchedBy(WatchSet watches, Post post, Assessment assessment) =>
        [.. MatchesOf(watches, post, assessment).Select(match => match.Watch)];

    /// <summary>Each with what was found. Who speaks to us below a post of ours without a word that any live watch asks for is heard by the first that listens there.</summary>
    internal static IReadOnlyList<WatchMatch> MatchesOf(WatchSet watches, Post post, Assessment assessment)
    {
        List<WatchMatch> matches = [.. watches.Find(post, assessment).Where(match => Understands(match.Watch, assessment, post.Lang))];
        return matches.Exists(match => !match.Watch.Shadow) ? matches : [.. matches, .. watches.FindSpokenTo(post).Where(match => Understands(match.Watch, assessment, post.Lang)).Take(1)];
    }

    /// <summary>What is matched and scored of it.</summary>
    public static string TextOf(Post post) => post.WholeText();

    public static Evidence EvidenceOf(Post post) =>
        new() { Lang = post.Lang, Followers = post.Author.Followers, Stars = post.Stars, Mail = post.Kind == "mail", Automatic = post.Automatic };

    /// <summary>Whether the watch listens for this language; what can't be told passes.</summary>
    /// <param name="claimed">What the source says of it; null: nothing.</param>
    public static bool Understands(Watch watch, Assessment assessment, string? claimed = null) =>
        watch.Languages.Count == 0 || assessment.Lang == "und" || watch.Languages.Any(language => Languages.Is(language, assessment.Lang, claimed, assessment.LangIsGuess) != false);
}
