using System.Text;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>Counts post by post what each watch and each of its words brought. It keeps a number for each case and verdict, and no post.</summary>
internal sealed class WatchTally
{
    private readonly WatchSet _watches;
    private readonly Scorer _scorer;
    private readonly DateTimeOffset _since;
    private readonly IReadOnlyDictionary<long, bool> _said;
    private readonly Dictionary<long, bool> _byPeople = [];
    private readonly Dictionary<string, OneWatch> _counts;
    private DateTimeOffset? _first;
    private Tally _posts;
    private int _deleted;

    public WatchTally(IStoreView view, WatchSet watches, Scorer scorer, DateTimeOffset since)
    {
        (_watches, _scorer, _since) = (watches, scorer, since);
        _said = PastVerdicts.Of(view);
        var alerts = Precision.Of(Precision.Opened(view, since).Select(Remembered)).Where(one => one.By == AlertsBy.Watch).ToDictionary(one => one.Name, StringComparer.Ordinal);
        _counts = watches.Watches.DistinctBy(watch => watch.Name).ToDictionary(
            watch => watch.Name, watch => new OneWatch(watch, alerts.GetValueOrDefault(watch.Name) ?? Precision.None(AlertsBy.Watch, watch.Name)), StringComparer.Ordinal);
    }

    public void Add(Mention mention)
    {
        if (mention.Standing is Standing.Baseline or Standing.Ours || mention.FirstSeen < _since)
        {
            return;
        }
        Saw(mention.FirstSeen, new Tally(1, 0));
        foreach (var name in mention.Watches.Concat(mention.OnTrial))
        {
            _counts.GetValueOrDefault(name)?.Heard(mention.FirstSeen);
        }
        foreach (var name in mention.OnTrial)
        {
            if (_counts.GetValueOrDefault(name) is { } onTrial && WouldAlert(mention, onTrial.Watch))
            {
                onTrial.Alerts = onTrial.Alerts.And(byPeople: false, Said(mention));
            }
        }
        if (mention.Deleted)
        {
            _deleted++;
            return;
        }
        AddWords(mention);
    }

    public void Add(SampledPost sampled)
    {
        if (sampled.SeenAt < _since)
        {
            return;
        }
        var weight = new Tally(0, sampled.Weight);
        Saw(sampled.SeenAt, weight);
        var text = Intake.TextOf(sampled.Post);
        if (!_watches.Matches(Encoding.UTF8.GetBytes(text), sampled.Post.Channel))
        {
            return;
        }
        foreach (var match in Intake.MatchesOf(_watches, sampled.Post, _scorer.Assess(text, Intake.EvidenceOf(sampled.Post))))
        {
            foreach (var word in WatchWords.Of(match))
            {
                _counts[match.Watch.Name].Word(word).Found(sampled.SeenAt, weight);
            }
        }
    }

    public WatchesReport Report() =>
        new([.. _watches.Watches.DistinctBy(watch => watch.Name).Select(watch => _counts[watch.Name].Worth())], _since, _first, _posts, _deleted);

    private OpenedBy Remembered(OpenedBy opened)
    {
        _byPeople[opened.Mention.Id] = opened.ByPeople;
        return opened;
    }

    private void AddWords(Mention mention)
    {
        var matches = Intake.MatchesOf(_watches, mention.Post, mention.Assessment);
        foreach (var match in matches)
        {
            var words = WatchWords.Of(match);
            var alone = words.Count == 1 && matches.All(other => other == match || other.Watch.Shadow);
            foreach (var name in words)
            {
                var word = _counts[match.Watch.Name].Word(name);
                word.Found(mention.FirstSeen, new Tally(1, 0));
                if (AlertOf(mention, match.Watch) is { } byPeople)
                {
                    word.Alerts = word.Alerts.And(byPeople, Said(mention));
                    word.Only += !byPeople && alone ? 1 : 0;
                }
            }
        }
    }

    /// <summary>Whether this watch raised an alert by it, and by people; null when it did not.</summary>
    private bool? AlertOf(Mention mention, Watch watch) =>
        mention.Watches.Contains(watch.Name) ? (_byPeople.TryGetValue(mention.Id, out var byPeople) ? byPeople : null)
        : mention.OnTrial.Contains(watch.Name) && WouldAlert(mention, watch) ? false
        : null;

    /// <summary>What only joins a case raises no alert, whoever hears it; nor does what people entered by hand.</summary>
    private bool WouldAlert(Mention mention, Watch watch) =>
        mention.Assessment.Complaint >= watch.AlertAt && !mention.Post.Automatic && mention.Post.Kind != SeenPost.Seen && (mention.Standing != Standing.Case || _byPeople.ContainsKey(mention.Id));

    private bool? Said(Mention mention) => _said.TryGetValue(mention.Id, out var right) ? right : null;

    private void Saw(DateTimeOffset at, Tally posts)
    {
        _first = _first is { } first && first < at ? first : at;
        _posts += posts;
    }

    private sealed class OneWatch(Watch watch, Precision alerts)
    {
        private readonly Dictionary<string, OneWord> _words = WatchWords.Of(watch).ToDictionary(word => word, word => new OneWord(word), StringComparer.Ordinal);
        private int _mentions;
        private DateTimeOffset? _last;

        public Watch Watch => watch;
        public Precision Alerts { get; set; } = alerts;

        public void Heard(DateTimeOffset at)
        {
            _mentions++;
            _last = _last > at ? _last : at;
        }

        public OneWord Word(string name) => _words.TryGetValue(name, out var word) ? word : _words[name] = new OneWord(name);

        public WatchWorth Worth() => new(watch, _mentions, _last, Alerts, [.. _words.Values.Select(word => word.Worth())]);
    }

    private sealed class OneWord(string name)
    {
        private Tally _posts;
        private DateTimeOffset? _last;

        public Precision Alerts { get; set; } = Precision.None(AlertsBy.Word, name);
        public int Only { get; set; }

        public void Found(DateTimeOffset at, Tally posts)
        {
            _posts += posts;
            _last = _last > at ? _last : at;
        }

        public WordWorth Worth() => new(name, _posts, _last, Alerts, Only);
    }
}
