using System.Text;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Pipeline;

/// <summary>Looks for words in two rounds: what confirmed complaints and false alarms say, then how often all posts say it, read as a watch would find it.</summary>
/// <param name="said">What people said, by mention.</param>
/// <param name="only">The watch to suggest for; null: all.</param>
internal sealed class WordSearch(WatchSet watches, Scorer scorer, IReadOnlyDictionary<long, bool> said, DateTimeOffset since, Watch? only)
{
    private const int MostShown = 10;
    private static readonly WatchQuery s_anything = new("everything", new Query.Anything());
    private readonly WordDraft _missed = new();
    private readonly WordDraft _false = new();
    private readonly Dictionary<string, OneWord> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = [.. watches.Watches.SelectMany(watch => WatchWords.Of(watch).Concat(watch.Exclude)).Select(WordDraft.Folded)];

    /// <summary>Each watch as if it found something in every post: which of them would alert, by its line, channels, languages and what it leaves out.</summary>
    private readonly (string Name, WatchSet Set)[] _open =
    [
        .. watches.Watches.Where(watch => !watch.Everything).Select(watch => (watch.Name, WatchSet.Build([watch with { Find = [], Query = s_anything, Shadow = false }], watches.Ours))),
    ];

    private WatchSet _words = WatchSet.Build([], Ours.Nobody);
    private int _others;
    private int _confirmed;
    private Tally _posts;

    public void Draft(Mention mention)
    {
        var (kind, _) = KindOf(mention);
        (kind == Kind.Missed ? _missed : kind == Kind.FalseAlarm ? _false : null)?.Read(mention.Post);
    }

    public void StartCounting()
    {
        var words = (_missed.Posts >= WordSuggestions.Fewest ? _missed.Words() : []).Concat(_false.Posts >= WordSuggestions.Fewest ? _false.Words() : []);
        foreach (var word in words.Where(word => !_known.Contains(word) && !word.Split(' ').Any(_known.Contains)))
        {
            _counts[word] = new OneWord();
        }
        _words = WatchSet.Build([.. _counts.Keys.Select(word => new Watch { Name = word, Team = "", Find = [word] })], Ours.Nobody);
    }

    public void Count(Mention mention)
    {
        NoteNames(mention.Post.Author);
        if (mention.FirstSeen < since || mention.Standing is Standing.Baseline or Standing.Ours)
        {
            return;
        }
        var (kind, hearing) = KindOf(mention);
        _posts += new Tally(1, 0);
        _confirmed += kind == Kind.Confirmed ? 1 : 0;
        _others += kind == Kind.Missed ? 0 : 1;
        var found = In(mention.Post);
        found.ForEach(word => word.Add(mention, kind, hearing));
        if (!hearing.IsAlert)
        {
            Gain(found, mention.Post, mention.Assessment, new Tally(1, 0), said.TryGetValue(mention.Id, out var right) ? right : null);
        }
    }

    public void Count(SampledPost sampled)
    {
        NoteNames(sampled.Post.Author);
        if (sampled.SeenAt < since)
        {
            return;
        }
        var weight = new Tally(0, sampled.Weight);
        _posts += weight;
        _others++;
        var found = In(sampled.Post);
        if (found.Count > 0)
        {
            found.ForEach(word => word.InOthers++);
            Gain(found, sampled.Post, scorer.Assess(Intake.TextOf(sampled.Post), Intake.EvidenceOf(sampled.Post)), weight, right: null);
        }
    }

    public WordSuggestions Found()
    {
        var missed = Best(_missed, word => new WordContrast(word, _counts[word].InMissed, _missed.Posts, _counts[word].InOthers, _others));
        var noise = _confirmed < WordSuggestions.Fewest ? []
            : Best(_false, word => new WordContrast(word, _counts[word].InFalse, _false.Posts, _counts[word].InConfirmed, _confirmed));
        return new(
            _missed.Posts, _confirmed, _false.Posts, _posts,
            [.. missed.Select(how => (How: how, Watch: WatchToAdd(_counts[how.Word]))).Where(one => one.Watch is not null).Select(one => _counts[one.How.Word].ToAdd(one.How, one.Watch!.Name))],
            [.. noise.Select(how => new WordToExclude(how, only?.Name ?? _counts[how.Word].Raised.MaxBy(watch => watch.Value).Key, _counts[how.Word].InAlerts, _counts[how.Word].InConfirmed + _counts[how.Word].InMissed))]);
    }

    private IReadOnlyList<WordContrast> Best(WordDraft draft, Func<string, WordContrast> contrast) =>
        draft.Posts < WordSuggestions.Fewest ? [] : WordContrast.Best(draft.Words().Where(_counts.ContainsKey).Select(contrast), draft.Tried, MostShown);

    private void Gain(List<OneWord> found, Post post, Assessment assessment, Tally weight, bool? right)
    {
        foreach (var (watch, _) in found.Count == 0 ? [] : _open.Where(one => Hearing.Of(one.Set, post, assessment).IsAlert))
        {
            found.ForEach(word => word.Gain(watch, weight, right));
        }
    }

    private Watch? WatchToAdd(OneWord word)
    {
        var team = word.Teams.Count > 0 ? word.Teams.MaxBy(one => one.Value).Key : null;
        return only ?? watches.Watches.Where(watch => !watch.Everything).OrderByDescending(watch => watch.Team == team).ThenBy(watch => watch.Shadow).ThenByDescending(watch => watch.Find.Count > 0).FirstOrDefault();
    }

    private List<OneWord> In(Post post) => _counts.Count == 0 ? [] : [.. _words.Find(Encoding.UTF8.GetBytes(Intake.TextOf(post)), post.Channel).Select(match => _counts[match.Watch.Name])];

    private void NoteNames(Author author)
    {
        _missed.NoteNames(author);
        _false.NoteNames(author);
    }

    private (Kind Kind, Hearing Hearing) KindOf(Mention mention)
    {
        if (mention.Deleted || mention.FirstSeen < since || mention.Standing is Standing.Baseline or Standing.Ours)
        {
            return (Kind.Other, Hearing.Nothing);
        }
        var hearing = Hearing.Of(watches, mention.Post, mention.Assessment);
        var judged = said.TryGetValue(mention.Id, out var right);
        var its = only is null || hearing.Alerting.Any(watch => watch.Name == only.Name);
        return (!judged ? Kind.Other
            : right && !hearing.IsAlert ? (only is null || mention.Teams.Contains(only.Team) ? Kind.Missed : Kind.Other)
            : !its || !hearing.IsAlert ? Kind.Other
            : right ? Kind.Confirmed : Kind.FalseAlarm, hearing);
    }

    private enum Kind
    {
        Other,

        /// <summary>A confirmed complaint that no watch alerts on.</summary>
        Missed,
        Confirmed,
        FalseAlarm,
    }

    private sealed class OneWord
    {
        private readonly Dictionary<string, (Tally Posts, int Right, int Wrong)> _gained = new(StringComparer.Ordinal);
        private double _lowest = 1;

        public int InMissed { get; private set; }
        public int InOthers { get; set; }
        public int InConfirmed { get; private set; }
        public int InFalse { get; private set; }
        public int InAlerts { get; private set; }
        public Dictionary<string, int> Teams { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, int> Raised { get; } = new(StringComparer.Ordinal);

        public void Add(Mention mention, Kind kind, Hearing hearing)
        {
            InMissed += kind == Kind.Missed ? 1 : 0;
            InOthers += kind == Kind.Missed ? 0 : 1;
            InConfirmed += kind == Kind.Confirmed ? 1 : 0;
            InFalse += kind == Kind.FalseAlarm ? 1 : 0;
            InAlerts += hearing.IsAlert ? 1 : 0;
            if (kind == Kind.Missed)
            {
                _lowest = Math.Min(_lowest, mention.Assessment.Complaint);
                Count(Teams, mention.Teams);
            }
            if (kind == Kind.FalseAlarm)
            {
                Count(Raised, hearing.Alerting.Where(watch => !watch.Shadow).Select(watch => watch.Name));
            }
        }

        public void Gain(string watch, Tally weight, bool? right)
        {
            var (posts, rights, wrongs) = _gained.GetValueOrDefault(watch);
            _gained[watch] = (posts + weight, rights + (right == true ? 1 : 0), wrongs + (right == false ? 1 : 0));
        }

        public WordToAdd ToAdd(WordContrast how, string watch)
        {
            var (posts, right, wrong) = _gained.GetValueOrDefault(watch);
            return new WordToAdd(how, watch, posts, right, wrong, _lowest);
        }

        private static void Count(Dictionary<string, int> counts, IEnumerable<string> names)
        {
            foreach (var name in names)
            {
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }
        }
    }
}
