using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Cli;

/// <summary>What needs a human now: one line each, with the cure. What passes by itself, or has just begun, is not among it.</summary>
internal static class StatusNeeds
{
    private const int MostNamed = 5;
    public static readonly TimeSpan CriticalWaits = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CardsWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DueWaits = TimeSpan.FromMinutes(2);

    /// <summary>What is free for a moment, between two machines, calls nobody.</summary>
    private static readonly TimeSpan NobodyHears = TimeSpan.FromMinutes(1);

    /// <summary>Where neither the program answers nor the store, that is why: a start would end again before it is mended.</summary>
    public static IEnumerable<string> Of(StatusState state) => state is { Program: null, Store: null }
        ? [.. OfNoStore(state), .. OfFiles(state), .. OfProgram(state)]
        : [.. OfProgram(state), .. OfOthers(state), .. OfFiles(state), .. state.Store is { } store ? OfStore(store, state.Now) : OfNoStore(state)];

    private static IEnumerable<string> OfProgram(StatusState state)
    {
        if (state.Program is not { } program)
        {
            if (state.IsAnother)
            {
                yield return $"At {state.AnswersAt?.Authority} answers a ListeningBot with another store, and this one can't be asked. Let Web:Listen of one of them name another port; or name the folder and the Storage:Connection of the one that runs.";
            }
            else if (state.Store is { StoppedSince: null } && state.AnswersAt is { } address)
            {
                yield return $"ListeningBot does not answer at {address.Authority}: it was stopped within two minutes, hangs, or can't listen there. Start it: systemctl start listeningbot, or listeningbot run; if it runs, its log says why.";
            }
            else if (state is { Store: null, AnswersAt: null })
            {
                yield return "Whether ListeningBot runs can't be told: Web:Listen is empty, so that it can't be asked, and the store can't be read. Look with systemctl status listeningbot; with Web:Listen set, this says it.";
            }
            else if (state.Store is null or { StoppedSince: not null })
            {
                yield return $"ListeningBot does not run{(state.Store?.StoppedSince is { } since ? $" since {StatusText.Minute(since)}" : "")}: nothing is heard. {(state.Store is { IsUnstopped: true } ? $"Nobody stopped it, or the store took no changes then. {StatusText.EndedBy} " : "")}Start it: systemctl start listeningbot, or listeningbot run.";
            }
            yield break;
        }
        var waiting = program.WaitForStore;
        foreach (var part in program.Parts.Where(part => part.Fails).Except(waiting))
        {
            yield return $"{part.WholeName} fails since {(state.Now - part.Since).InWords()}: {part.Why}{(part.IsStore && waiting.Count > 0 ? $" Until then these wait for it: {string.Join(", ", waiting.Select(other => other.WholeName))}." : "")}";
        }
        if (program.Clock is { } clock)
        {
            yield return clock;
        }
        if (program.Machine is { Why: { } why })
        {
            yield return why;
        }
        foreach (var gone in program.Machine?.Gone ?? [])
        {
            yield return $"The machine {gone} is gone; the others do its work. Start it again; one that was taken away on purpose is forgotten a day after it was last seen.";
        }
    }

    /// <summary>What another machine runs it knows best; that a channel is dark stands in the store for all.</summary>
    private static IEnumerable<string> OfOthers(StatusState state)
    {
        foreach (var channel in state.Store?.Channels ?? [])
        {
            if (channel.DarkSince is { } since && state.RunnerOf(channel.Name) is { } other)
            {
                yield return $"channel {channel.Name} hears nothing since {(state.Now - since).InWords()}. The machine {other} runs it: its status says why.";
            }
            else if (state.IsNobodys(channel.Name) && channel.LastRead is { } read && state.Now - read > NobodyHears)
            {
                yield return $"channel {channel.Name} is run by no machine and was last heard {(state.Now - read).InWords()} ago, though a free one is taken within seconds. The log of each machine says why it takes nothing; start anew the one that hangs.";
            }
        }
    }

    /// <summary>A bot goes on, and starts, with what was good last; the next edit and the first start need good files.</summary>
    private static IEnumerable<string> OfFiles(StatusState state)
    {
        if (state.ConfigErrors > 0)
        {
            yield return $"The files here have {(state.ConfigErrors == 1 ? "an error" : $"{state.ConfigErrors} errors")}, as this account sees them, so that {(state is { Program: null, HasGoodVersion: false } ? "it can't start" : "no edit would go live")}. listeningbot check names {(state.ConfigErrors == 1 ? "it" : "them")} with the cure; a secret that only the service is given is missing here and not there.";
        }
    }

    /// <summary>Of a store that fails the program says more than who finds no file in its place.</summary>
    private static IEnumerable<string> OfNoStore(StatusState state) => state.Program?.Store is { Fails: true } ? [] : [$"The store can't be read: {state.StoreFault}"];

    private static IEnumerable<string> OfStore(StoreState store, DateTimeOffset now)
    {
        if (store.FreeCritical.TakeWhile(@case => now - @case.Since > CriticalWaits).ToList() is [var oldest, ..] critical)
        {
            var since = (now - oldest.Since).InWords();
            yield return critical.Count == 1
                ? $"Case {oldest.Id} is critical, and nobody has it for {since}. Claim it on its card; listeningbot cases show {oldest.Id} shows it."
                : $"{critical.Count} cases are critical, and nobody has them: {Numbers([.. critical.Select(@case => @case.Id)])}, the oldest for {since}. Claim each on its card; listeningbot cases show NUMBER shows one.";
        }
        foreach (var team in store.LostTeams)
        {
            yield return team.InWords();
        }
        foreach (var room in store.Standing.Cards.GroupBy(cards => cards.Room).Where(room => now - room.Min(cards => cards.Oldest) > CardsWait))
        {
            yield return $"{(room.Sum(cards => cards.Count) is var count and > 1 ? $"{count} cards wait" : "A card waits")} for the room {room.Key}, the oldest for {(now - room.Min(cards => cards.Oldest)).InWords()}. The log of this room says why; listeningbot check --online tries it.";
        }
        if (store.Standing.DueSince is { } due && now - due > DueWaits)
        {
            yield return $"Pings and follow-ups are late by {(now - due).InWords()}. Look in the log for what could not be done; while the program does not run nothing is done.";
        }
        if (store.Standing.DeadLetters > 0)
        {
            yield return $"What could not be dealt with waits for a human ({store.Standing.DeadLetters}); a complaint may be among it. listeningbot dead lists them.";
        }
        if (store.Held is { } held)
        {
            yield return $"{held} Decide: listeningbot config apply or discard; listeningbot config status says why it is held.";
        }
    }

    private static string Numbers(IReadOnlyList<long> cases) => string.Join(", ", cases.Take(MostNamed)) + (cases.Count > MostNamed ? $" and {cases.Count - MostNamed} more" : "");
}
