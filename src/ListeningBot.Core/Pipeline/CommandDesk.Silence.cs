using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>/silence.</summary>
public sealed partial class CommandDesk
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(31);
    private const int LongestReason = 200;

    private PressAnswer AddSilence(Asked asked, IStoreTx tx, CaseWriter cases)
    {
        if (!Enum.TryParse<SilenceOf>(asked["about"], ignoreCase: true, out var about) || !Enum.IsDefined(about) || asked["about"]!.All(char.IsAsciiDigit))
        {
            return PressAnswer.Tell($"What shall be silenced? One of: {string.Join(", ", Enum.GetNames<SilenceOf>().Select(name => name.ToLowerInvariant()))}.");
        }
        if (ValueOf(asked, about, out var why) is not { } value)
        {
            return PressAnswer.Tell(why);
        }
        if (asked["reason"] is not { } reason)
        {
            return PressAnswer.Tell("Why? Your colleagues must know. Add a reason.");
        }
        var words = asked["until"] ?? "";
        if (WhenWords.Read(words, asked.Zone, asked.Now) is not { } until)
        {
            return PressAnswer.Tell(WhenWords.WhyNot(words, asked.Zone, asked.Now));
        }
        if (until - asked.Now > LongestSilence)
        {
            return PressAnswer.Tell($"A silence lasts at most {LongestSilence.TotalDays:0} days: what is unwanted for longer is better ruled out in its watch.");
        }
        var silence = new Silence(about, value, Plain.Line(reason, LongestReason), asked.By, asked.Now, until) { AlsoCritical = asked["critical"] is "yes" };
        silence = silence with { Id = tx.AddSilence(silence) };
        return new PressAnswer(
            $"Until {asked.When(until)} {silence.About} opens no case and pings nobody (silence {silence.Id}). It goes to the maybe list; "
            + (silence.AlsoCritical ? "so do critical complaints." : "critical complaints come all the same."),
            [new CardButton("End it", new PressTarget(PressAction.EndSilence, silence.Id))]);
    }

    private PressAnswer ShowSilences(Asked asked)
    {
        var running = asked.View.SilencesRunning(asked.Now);
        var ended = asked.View.SilencesEnded(asked.Now - TimeSpan.FromDays(1), asked.Now);
        if (running.Count + ended.Count == 0)
        {
            return PressAnswer.Tell("No silence is running.");
        }
        var lines = running.Take(LongestList).Select(silence => $"{Told(asked, silence)}, until {asked.When(silence.Until)}{(silence.AlsoCritical ? ", critical ones too" : "")}; held back {asked.View.HeldBackBy(silence.Id)} so far")
            .Concat(ended.Take(LongestList).Select(silence => $"{Told(asked, silence)}, ended {asked.When(silence.Until)}{(silence.EndedBy is { } by ? $" by {by.Name}" : "")}; held back {asked.View.HeldBackBy(silence.Id)}"));
        return new PressAnswer(string.Join('\n', lines), [.. running.Take(LongestList).Select(silence => new CardButton($"End {silence.Id} · {silence.About}", new PressTarget(PressAction.EndSilence, silence.Id)))]);
    }

    private static string Told(Asked asked, Silence silence) => $"{char.ToUpperInvariant(silence.InWords[0])}{silence.InWords[1..]}, since {asked.When(silence.From)}";

    private PressAnswer EndSilence(Asked asked, IStoreTx tx, CaseWriter cases) =>
        Asked.NumberOf(asked["number"] ?? "") is { } id ? SilenceDesk.End(tx, id, asked.By, asked.Now) : PressAnswer.Tell("Which silence? Write its number; /silence list tells it.");

    /// <summary>What is silenced, as it is known: a silence of nothing would give false peace.</summary>
    private string? ValueOf(Asked asked, SilenceOf about, out string why)
    {
        var written = asked["value"] is { } value ? Plain.Line(value, 100) : "";
        string? Known(IEnumerable<string> names) => names.FirstOrDefault(name => name.Equals(written, StringComparison.OrdinalIgnoreCase));
        string[] watching = [.. watches.Current.Watches.Select(watch => watch.Name)];
        (var found, why) = about switch
        {
            _ when written.Length == 0 => (null, "What shall be silenced? Add the value: a watch, a word, an account, an aspect or a team."),
            SilenceOf.Watch => (Known(watching), $"There is no watch \"{written}\". Known: {string.Join(", ", watching.Take(30))}."),
            SilenceOf.Team => (Known(TeamsKnown(asked)), $"There is no team \"{written}\". Known: {string.Join(", ", TeamsKnown(asked))}."),
            SilenceOf.Aspect => (Known(Scoring.Aspects.Names), $"There is no aspect \"{written}\". Known: {string.Join(", ", Scoring.Aspects.Names)}."),
            SilenceOf.Word => WatchSet.ProblemsOf(new Watch { Name = "silence", Team = "any", Find = [written] }) is { Count: > 0 } problems ? (null, string.Join(' ', problems)) : (written, ""),
            _ => (written, ""),
        };
        return found;
    }
}

/// <summary>Ends silences, by command or by button.</summary>
internal static class SilenceDesk
{
    public static PressAnswer End(IStoreTx tx, long id, Responder by, DateTimeOffset now)
    {
        if (tx.SilenceOf(id) is not { } silence)
        {
            return PressAnswer.Tell($"There is no silence {id}. /silence list tells which are running.");
        }
        if (silence.Until <= now)
        {
            return PressAnswer.Tell($"Silence {id} has ended already{(silence.EndedBy is { } other ? $": {other.Name} ended it" : "")}.");
        }
        tx.UpdateSilence(silence with { Until = now, EndedBy = by });
        return PressAnswer.Tell($"Silence {id} ({silence.About}) has ended. It held back {tx.HeldBackBy(id)}: they are in the maybe list (/maybe).");
    }
}
