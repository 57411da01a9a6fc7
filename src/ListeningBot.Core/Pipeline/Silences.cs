using System.Text;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>The running silences, and what they cover.</summary>
public sealed class Silences(IReadOnlyList<Silence> running)
{
    private readonly Dictionary<long, WatchSet> _words = [];

    /// <summary>Teams with a watch whose alert line this mention reaches, and those to which it goes by that. Where silences leave nobody: which one does.</summary>
    /// <param name="route">From the teams of watches to those who get it.</param>
    public (IReadOnlyList<string> Teams, IReadOnlyList<string> To, Silence? Silence) Alerted(Heard heard, Func<IReadOnlyList<string>, IReadOnlyList<string>> route)
    {
        var alerting = Deciding.Alerting(heard.Watches, heard.Assessment).ToList();
        string[] teams = [.. alerting.Where(watch => Over(heard, watch) is null).Select(Recorder.TeamOf).Distinct()];
        var routed = route(teams);
        string[] to = [.. routed.Where(team => Over(heard, team) is null)];
        return to.Length > 0 ? (teams, to, null)
            : ([], [], alerting.Select(watch => Over(heard, watch)).Concat(routed.Select(team => Over(heard, team))).FirstOrDefault(silence => silence is not null));
    }

    /// <summary>The silence that keeps this mention from alerting by the watch, or null.</summary>
    private Silence? Over(Heard heard, Watch watch) => running.FirstOrDefault(silence => Holds(silence, heard) && Covers(silence, heard, watch));

    /// <summary>The silence of a team to which this mention would come, by its watches or by a route; or null.</summary>
    private Silence? Over(Heard heard, string team) => running.FirstOrDefault(silence => Holds(silence, heard) && silence.What == SilenceOf.Team && silence.Value == team);

    private static bool Holds(Silence silence, Heard heard) => silence.AlsoCritical || heard.Assessment.Priority != Priority.Critical;

    private bool Covers(Silence silence, Heard heard, Watch watch) => silence.What switch
    {
        SilenceOf.Watch => watch.Name == silence.Value,

        // What is on trial is routed nowhere: its watch's own team decides. Else it is where the mention comes to.
        SilenceOf.Team => watch.Shadow && watch.Team == silence.Value,
        SilenceOf.Aspect => heard.Assessment.Aspect == silence.Value,
        SilenceOf.Author => new Ours([silence.Value]).Wrote(heard.Post),
        _ => Says(silence, heard),
    };

    /// <summary>As a watch would find it: whole words, in their folded form.</summary>
    private bool Says(Silence silence, Heard heard)
    {
        if (!_words.TryGetValue(silence.Id, out var words))
        {
            _words.Add(silence.Id, words = WatchSet.Build([new Watch { Name = "silence", Team = "", Find = [silence.Value] }], Ours.Nobody));
        }
        return words.Matches(Encoding.UTF8.GetBytes(heard.Post.WholeText()), heard.Post.Channel);
    }
}
