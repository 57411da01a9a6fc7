using System.Text;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>The running silences, and what they cover.</summary>
public sealed class Silences(IReadOnlyList<Silence> running)
{
    private readonly Dictionary<long, WatchSet> _words = [];

    /// <summary>The silence that keeps this mention from alerting the watch's team, or null.</summary>
    public Silence? Over(Heard heard, Watch watch) =>
        running.FirstOrDefault(silence => (silence.AlsoCritical || heard.Assessment.Priority != Priority.Critical) && Covers(silence, heard, watch));

    private bool Covers(Silence silence, Heard heard, Watch watch) => silence.What switch
    {
        SilenceOf.Watch => watch.Name == silence.Value,
        SilenceOf.Team => watch.Team == silence.Value,
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
