using ListeningBot.Core.Alerting;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>/watch.</summary>
public sealed partial class CommandDesk
{
    private const int LongestWord = 100;
    private const int WordsTold = 8;

    /// <summary>Changes the file in which the watches stand; null where there is none, as in the demo.</summary>
    public Func<WatchChange, Task<WatchChanged>>? WatchFile { get; init; }

    private PressAnswer ShowWatches(Asked asked)
    {
        var all = watches.Current.Watches;
        var lines = all.Take(LongestList).Select(Told);
        return PressAnswer.Tell(all.Count == 0 ? "There is no watch." : string.Join('\n', all.Count > LongestList ? lines.Append($"... and {all.Count - LongestList} more") : lines));
    }

    private static string Told(Watch watch)
    {
        var hears = watch.Everything ? $"everything on {string.Join(", ", watch.Channels)}" : watch.Query is { } query ? Plain.Line(query.Text, 200) : Some(watch.Find);
        var without = watch.Exclude.Count > 0 ? $"; without {Some(watch.Exclude)}" : "";
        return $"{watch.Name} ({watch.Team}){(watch.Shadow ? ", on trial" : "")}: {hears}{without}";
    }

    private static string Some(IReadOnlyList<string> words) => string.Join(", ", words.Take(WordsTold)) + (words.Count > WordsTold ? $" and {words.Count - WordsTold} more" : "");

    /// <summary>
    /// That it was asked for is stored first, so that a command heard twice counts once. The file is no part of the store: one that is tried again may not have got that far, is done to the end, and where
    /// its change is done already, changes nothing more. What is refused then is no answer: whoever asked is not there to be told, and it waits on with why.
    /// </summary>
    private async Task<PressAnswer> ChangeWatchAsync(Command command, WatchChangeKind kind, bool again)
    {
        var (change, answer, refused) = await store.WriteAsync(tx =>
        {
            if (tx.AnswerTo(command.Id) is { } before && !(again && before.Say == PressDesk.Asked.Say))
            {
                return (null, before, false);
            }
            var asked = new Asked(command, tx, policies.Current, time.GetUtcNow());
            var change = asked.MayAct ? ChangeOf(asked, kind, out var why) : Refused(asked, out why);
            var answer = PressAnswer.Tell(why);
            if (change is not null || !again)
            {
                tx.RecordCommand(command, change is null ? answer : PressDesk.Asked, asked.Now);
            }
            return (change, answer, change is null);
        });
        if (change is null)
        {
            return again && refused ? throw new NotDoneAgainException(answer.Say!) : answer;
        }
        var changed = await WatchFile!(change);
        return again && changed is { Done: false, IsSo: false } ? throw new NotDoneAgainException(changed.Told) : PressAnswer.Tell(changed.Told);
    }

    private static WatchChange? Refused(Asked asked, out string why)
    {
        why = asked.WhyNot;
        return null;
    }

    private WatchChange? ChangeOf(Asked asked, WatchChangeKind kind, out string why)
    {
        var written = Plain.Line(asked["watch"] ?? "", LongestWord);
        var known = watches.Current.Watches;
        var word = kind == WatchChangeKind.Promote ? "" : Plain.Line(asked["word"] ?? "", LongestWord);
        why = "";
        if (known.FirstOrDefault(watch => watch.Name.Equals(written, StringComparison.OrdinalIgnoreCase)) is not { } watch)
        {
            why = $"There is no watch \"{written}\". Known: {string.Join(", ", known.Take(30).Select(watch => watch.Name))}.";
        }
        else if (!MayChange(asked, watch))
        {
            why = $"Watch {watch.Name} belongs to team {watch.Team}: its members and leads change it. Nothing was changed.";
        }
        else if (WatchFile is null)
        {
            why = "These watches stand in no file, so I can't change them.";
        }
        else
        {
            return new WatchChange(kind, watch.Name, word);
        }
        return null;
    }

    /// <summary>A team that nobody is described in has no members of its own: whoever may act at all may do it.</summary>
    private static bool MayChange(Asked asked, Watch watch)
    {
        var team = asked.Responders.TeamOf(watch.Team);
        return (team.Roles.Count == 0 && !team.People.Any()) || team.Roles.Intersect(asked.Command.Roles).Any()
            || (asked.Actors.MemberOf(asked.Command.By.Id) is { } member && team.People.Any(one => one.Id == member.Id));
    }
}
