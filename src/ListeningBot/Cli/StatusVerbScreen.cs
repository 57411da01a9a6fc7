using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Cli;

/// <summary>The state for people: what needs them comes last, where the eye rests.</summary>
internal sealed class StatusVerbScreen(StatusState state, IReadOnlyList<string> needs)
{
    private const int MostChannels = 40;

    public void WriteTo(VerbPaper paper)
    {
        foreach (var line in Program().Split('\n'))
        {
            paper.Write(line);
        }
        if (state.Store?.Broken is { } broken)
        {
            paper.Write($"The run before was not stopped in order, or the store took no changes when it was: last sign of life {StatusText.Minute(broken.LastSign)}, started again {(broken.StartedAgain > broken.LastSign ? broken.StartedAgain - broken.LastSign : TimeSpan.Zero).InWords()} later. {StatusText.EndedBy}");
        }
        paper.Write(Store());
        paper.Write(Config());
        if (Channels() is { Rows.Count: > 0 } channels)
        {
            paper.Write(channels);
        }
        if (Rooms() is { Rows.Count: > 0 } rooms)
        {
            paper.Write(rooms);
        }
        if (state.Store is { } store)
        {
            paper.Write(Cases(store));
            paper.Write(store.Today is { Mentions: > 0 } today
                ? $"From post to card today: half within {today.P50.InWords()}, 95% within {today.P95.InWords()}, of {today.Mentions}."
                : "From post to card today: no card yet of a post that says when it was written and was read as it came.");
        }
        paper.Write(needs.Count == 0 ? (state.Program?.Machine is { Others.Count: > 0 } ? "All is well here: nothing needs you on this machine now." : "All is well: nothing needs you now.") + Soon() : needs.Count == 1 ? "This needs you now:" : $"These {needs.Count} need you now:");
        foreach (var need in needs)
        {
            paper.Write("  ! " + need);
        }
    }

    private string Program() => state.Program is { } program
        ? $"ListeningBot {program.Version} runs{(program.Started is { } at ? $" since {StatusText.Minute(at)} ({(state.Now - at).InWords()})" : "")}, {program.Address.Authority}{Cluster(program)}"
        : state.IsAnother ? $"At {state.AnswersAt?.Authority} answers a ListeningBot with another store."
        : state.Store is { StoppedSince: null } ? $"ListeningBot gave a sign of life within the last two minutes; {(state.AnswersAt is { } address ? $"at {address.Authority} nothing answers now" : "Web:Listen is empty, so that it can't be asked")}."
        : state is { Store: null, AnswersAt: null } ? "Whether ListeningBot runs can't be told: Web:Listen is empty, and the store can't be read."
        : "ListeningBot does not run.";

    private static string Cluster(ProgramState program) => program.Machine is not { } machine ? ""
        : $"\nMachine {machine.Name}: runs {(machine.Roles.Count == 0 ? "no role" : string.Join(", ", machine.Roles))}.{(machine.Others.Count == 0 ? " No other lives." : "")}"
            + string.Concat(machine.Others.Select(other => $"\nMachine {other.Name}: runs {(other.Roles.Count == 0 ? "no role" : string.Join(", ", other.Roles))}. How these are, its own status tells."));

    private string Store() => $"Store: {state.Where}{(state.Store is { } store ? $", {StorageVerbBackup.Megabytes(store.Standing.Bytes)}{Backup(store)}" : "")}";

    private string Backup(StoreState store) =>
        store.LastBackup is { } at ? $", last backup {StatusText.Minute(at)} ({(at < state.Now ? Ago(at) : "0 s")} ago)" : state.IsShared ? "" : ", no backup yet (listeningbot storage backup)";

    private string Config() => "Configuration: "
        + (state.Store?.Config is { } live ? $"version {live.Id} since {StatusText.Minute(live.At)}" : state.Store is null ? "not known" : "no version yet")
        + (state.Store?.Held is null ? "" : ", a change is held")
        + (state.ConfigErrors == 0 ? "" : "; the files here have errors");

    private CheckVerbSheet Channels()
    {
        var parts = (state.Program?.Parts ?? []).Where(part => part.Kind == "channel").ToDictionary(part => part.Name);
        var stored = (state.Store?.Channels ?? []).ToDictionary(channel => channel.Name);
        var names = state.Program is null ? stored.Keys : parts.Keys.Union(stored.Keys.Where(name => state.RunnerOf(name) is not null || state.IsNobodys(name)));
        return new CheckVerbSheet("Channels (posts read since the start, mentions of today, dark in the last 24 hours)", ["channel", "state", "for", "last heard", "read", "mentions", "dark"], [.. names.Order(StringComparer.Ordinal).Take(MostChannels).Select(name =>
            Row(name, parts.GetValueOrDefault(name), stored.GetValueOrDefault(name)))]);
    }

    private IReadOnlyList<string> Row(string name, PartSeen? part, ChannelSeen? stored) =>
    [
        name,
        part?.State ?? (stored?.DarkSince is not null ? "dark" : state.Program is null ? "" : state.IsNobodys(name) ? "nobody" : "elsewhere"),
        part is null ? (stored?.DarkSince is { } dark ? Ago(dark) : "") : Ago(part.Since),
        (part?.LastHeard ?? stored?.LastRead) is { } heard ? Ago(heard) : "never",
        part is null ? "" : StatusText.Number(part.Read),
        state.Store is null ? "" : StatusText.Number(stored?.MentionsToday ?? 0),
        stored is { DarkLastDay.TotalSeconds: >= 1 } ? stored.DarkLastDay.InWords() : "",
    ];

    private CheckVerbSheet Rooms()
    {
        var waiting = (state.Store?.Standing.Cards ?? []).ToLookup(cards => cards.Room);
        var parts = (state.Program?.Parts ?? []).Where(part => part.Kind is not "channel").ToList();
        var rooms = parts.Select(part => (part.WholeName, part.State, For: Ago(part.Since), Room: part.Kind == "room" ? part.Name : null))
            .Concat(waiting.Select(room => room.Key).Except(parts.Where(part => part.Kind == "room").Select(part => part.Name)).Select(room => ("room " + room, "", "", (string?)room)));
        return new CheckVerbSheet("Rooms and notifiers", ["part", "state", "for", "cards waiting", "oldest"], [.. rooms.Select(room => (IReadOnlyList<string>)
        [
            room.Item1, room.Item2, room.Item3,
            room.Item4 is null ? "" : StatusText.Number(waiting[room.Item4].Sum(cards => cards.Count)),
            room.Item4 is { } name && waiting[name].Any() ? Ago(waiting[name].Min(cards => cards.Oldest)) : "",
        ])]);
    }

    private CheckVerbSheet Cases(StoreState store) => new("Open cases", ["priority", "claimed", "nobody has", "oldest of these"], [.. Enum.GetValues<Priority>().OrderDescending().Select(priority =>
    {
        var claimed = store.Standing.Cases.FirstOrDefault(cases => cases.Priority == priority && cases.Claimed);
        var free = store.Standing.Cases.FirstOrDefault(cases => cases.Priority == priority && !cases.Claimed);
        return (IReadOnlyList<string>)[priority.ToString().ToLowerInvariant(), StatusText.Number(claimed?.Count ?? 0), StatusText.Number(free?.Count ?? 0), free is null ? "" : Ago(free.Oldest)];
    })]);

    /// <summary>Critical cases that nobody has call nobody at once, and are not kept quiet.</summary>
    private string Soon()
    {
        if (state.Store?.FreeCritical is not [var oldest, ..] critical)
        {
            return "";
        }
        var (since, after) = (Ago(oldest.Since), StatusNeeds.CriticalWaits.InWords());
        return critical.Count == 1
            ? $" A critical case waits that nobody has, for {since}: after {after} it needs you."
            : $" {critical.Count} critical cases wait that nobody has, the oldest for {since}: after {after} they need you.";
    }

    private string Ago(DateTimeOffset time) => (state.Now - time).InWords();
}
