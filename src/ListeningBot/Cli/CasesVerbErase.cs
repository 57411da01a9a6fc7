using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Notifiers.Console;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>`cases erase`: says what it will do, asks, and forgets a person.</summary>
/// <param name="wipe">Removes what was erased from the store's bytes.</param>
internal sealed class CasesVerbErase(IStore store, StorePlace place, Func<StorePlace, Wiped> wipe, TimeProvider time, TextWriter output, TextWriter errors)
{
    /// <summary>Whether what stands in a room can be changed; null where the configuration has errors.</summary>
    public Func<string, bool>? Reaches { get; init; }

    /// <param name="ask">Where the answer comes from; null when nobody is there to be asked.</param>
    public async Task<int> RunAsync(string who, bool yes, TextReader? ask, CancellationToken ct)
    {
        var found = await store.ReadAsync(view => PersonFile.Find(view, who), ct);
        if (found.Count == 0 && await DamagedAsync(who, ct) is { Count: > 0 } damaged)
        {
            await errors.WriteLineAsync($"Nothing that can be read is kept of {Quoted(who)}. {CasesVerbEraseReport.CantBeRead(damaged)}.");
            return Exit.BadInput;
        }
        if (found is not [var person])
        {
            await TellChoiceAsync(found, who, errors);
            return Exit.BadInput;
        }
        await TellAsync(person);
        if (!yes && !await IsSureAsync(ask, ct))
        {
            await errors.WriteLineAsync(ask is null ? "Nothing was erased: nobody is here to be asked. Add --yes." : "Nothing was erased.");
            return ask is null ? Exit.Usage : Exit.Done;
        }
        var now = time.GetUtcNow();
        var count = await Erasure.EraseAsync(store, person, now, ct);
        var wiped = wipe(place);
        var unreached = await UnreachedAsync(person, [.. count.ShownAnew.Where(card => Reaches?.Invoke(card.Room) == false)], ct);
        foreach (var line in new CasesVerbEraseReport(count, wiped, unreached, place, now) { RoomsAreKnown = Reaches is not null }.Lines())
        {
            await SayAsync(line);
        }
        if (wiped.Left is { } left)
        {
            await errors.WriteLineAsync($"Old bytes may still stand in the store: {ByItself.NoMore(left)}");
        }
        if (unreached.Left is { } told)
        {
            await errors.WriteLineAsync(told);
        }
        return wiped.Left is null && unreached.Left is null ? Exit.Done : Exit.BadInput;
    }

    /// <summary>Nobody, or several: how to name the one.</summary>
    public static async Task TellChoiceAsync(IReadOnlyList<PersonFile> found, string who, TextWriter errors)
    {
        if (found.Count == 0)
        {
            await errors.WriteLineAsync($"Nothing is kept of {Quoted(who)}. Try an id, a handle, a mail address, a name, or the address of a profile, as `cases list --all` shows them. Of letters and private posts it shows initials only: there the whole name, or the mail address, is needed.");
            return;
        }
        await errors.WriteLineAsync($"{Quoted(who)} may be {found.Count} people. Nothing was done. Say which:");
        foreach (var person in found)
        {
            await errors.WriteLineAsync(CheckVerbSheet.Plain($"  --author {Quoted(person.Key)}   {Name(person)}: {Count(person.Mentions.Count, "post")}, {Count(person.Cases.Count, "case")}"));
        }
    }

    /// <summary>The last of all: who is erased is not found a second time, so nothing of the erasure may wait for this look, which walks through everything.</summary>
    /// <param name="elsewhere">What stands in no room that can be reached, unless it was only printed on the console.</param>
    private async Task<Unreached> UnreachedAsync(PersonFile person, IReadOnlyList<CardKey> elsewhere, CancellationToken ct)
    {
        try
        {
            return await store.ReadAsync(
                view => new Unreached(view.DamagedRows([.. person.AllNames, .. person.Accounts.Select(account => account.Author)]), WhyUnknown: null)
                {
                    Cards = [.. elsewhere.Where(card => view.MessageOf(card) != ConsoleNotifier.Printed(card))],
                },
                ct);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or OperationCanceledException)
        {
            return new Unreached([], e switch { OperationCanceledException => "The look for them was broken off.", StoreException fault => ByItself.NoMore(fault), _ => e.Message }) { Cards = elsewhere };
        }
    }

    private async Task<IReadOnlyList<DamagedRow>> DamagedAsync(string who, CancellationToken ct)
    {
        var name = PersonFile.Word(who.Trim());
        var rows = name.Length == 0 ? [] : await store.ReadAsync(view => view.DamagedRows([name]), ct);
        return [.. rows.Where(row => row.Names)];
    }

    private async Task TellAsync(PersonFile person)
    {
        var open = person.Cases.Count(@case => !@case.HasEnded);
        await SayAsync($"This erases everything that is kept of {Name(person)}: {string.Join("; ", person.Accounts.Select(account => $"{account.Namespace} {account.Author}"))}");
        await SayAsync($"  {Count(person.Mentions.Count, "post")}, {Count(person.Cases.Count, "case")} with notes, drafts and answers, {Count(person.Aside.Count, "dead letter")}, {Count(person.Sampled.Count, "post")} of the sample that no watch matched"
            + (person.Elsewhere.Count == 0 ? "" : $"; their words in {Count(person.Elsewhere.Count, "case")} of others"));
        if (open > 0)
        {
            await SayAsync($"  {Count(open, "case")} still open: closed by this, nobody can work on {(open == 1 ? "it" : "them")} any more, unless somebody else complains there too");
        }
        await SayAsync("Of the cases stays that there was one, when, and how it ended. Cards, threads and lists in the rooms are changed too.");
        await SayAsync("Not touched: what people wrote in the chat themselves, sent mail, logs and printed cards, backups, the files in config/. New posts of this author are heard again. A report tells all of it afterwards.");
    }

    private async Task<bool> IsSureAsync(TextReader? ask, CancellationToken ct)
    {
        if (ask is null)
        {
            return false;
        }
        await output.WriteAsync("Erase? Type yes: ");
        await output.FlushAsync(ct);
        return (await ask.ReadLineAsync(ct))?.Trim().Equals("yes", StringComparison.OrdinalIgnoreCase) == true;
    }

    private Task SayAsync(string line) => output.WriteLineAsync(CheckVerbSheet.Plain(line));

    private static string Name(PersonFile person) => person.Accounts.Select(account => account.Name ?? account.Handle ?? account.Author).First();

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static string Quoted(string text) => CheckVerbSheet.Plain($"\"{text}\"");
}
