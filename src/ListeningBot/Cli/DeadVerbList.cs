using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;

namespace ListeningBot.Cli;

/// <summary>What waits in the list of dead letters, shown and put away.</summary>
internal static class DeadVerbList
{
    private const int WhyLength = 90;
    private const int APage = 500;

    public static async Task<int> WriteAsync(IStore store, int limit, bool json, DateTimeOffset now, TextWriter output, VerbPaper paper, CancellationToken ct)
    {
        var (letters, counts) = await store.ReadAsync(view => (view.DeadLetters(0, limit), view.DeadCounts()), ct);
        if (json)
        {
            foreach (var letter in letters)
            {
                await output.WriteLineAsync(CasesVerbJson.Of(Plain(letter)));
            }
            return Exit.Done;
        }
        if (letters.Count == 0)
        {
            paper.Write("Nothing waits: all that was heard was dealt with.");
            return Exit.Done;
        }
        var all = counts.Sum(count => count.Count);
        paper.Write(new CheckVerbSheet($"{all} could not be dealt with", ["number", "what", "since (UTC)", "failed", "why"], [.. letters.Select(letter => Row(letter, now))]));
        if (letters.Count < all)
        {
            paper.Write($"Shown are the first {letters.Count}; --limit {all} shows all.");
        }
        paper.Write("`dead show NUMBER` says more; `dead retry NUMBER...` or `dead retry all` has the running bot try again; `dead drop NUMBER...` puts away.");
        return Exit.Done;
    }

    public static async Task<int> ShowAsync(IStore store, long id, bool json, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        if (await store.ReadAsync(view => view.DeadLetterOf(id), ct) is not { } letter)
        {
            return await TellMissingAsync(id, errors);
        }
        if (json)
        {
            await output.WriteLineAsync(CasesVerbJson.Of(new { letter = Plain(letter), raw = letter.Raw, work = letter.Work is { } work ? CasesVerbJson.Element(work) : default(object) }));
            return Exit.Done;
        }
        foreach (var line in Lines(letter))
        {
            await output.WriteLineAsync(CheckVerbSheet.Plain(line));
        }
        return Exit.Done;
    }

    /// <param name="ids">Null: all.</param>
    public static async Task<int> DropAsync(IStore store, IReadOnlyList<long>? ids, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var (dropped, missing) = (0, 0);
        foreach (var id in ids ?? await IdsAsync(store, ct))
        {
            if (await store.WriteAsync(tx => tx.PutDeadAway(id), ct))
            {
                dropped++;
            }
            else if (ids is not null)
            {
                await TellMissingAsync(id, errors);
                missing++;
            }
        }
        if (dropped > 0 || missing == 0)
        {
            await output.WriteLineAsync($"{dropped} put away.");
        }
        return missing == 0 ? Exit.Done : Exit.BadInput;
    }

    internal static async Task<IReadOnlyList<long>> IdsAsync(IStore store, CancellationToken ct)
    {
        var ids = new List<long>();
        while (await store.ReadAsync(view => view.DeadLetters(ids.LastOrDefault(), APage), ct) is { Count: > 0 } page)
        {
            ids.AddRange(page.Select(letter => letter.Id));
        }
        return ids;
    }

    internal static async Task<int> TellMissingAsync(long id, TextWriter errors)
    {
        await errors.WriteLineAsync($"Nothing of number {id} waits. `dead` shows what does.");
        return Exit.BadInput;
    }

    private static IReadOnlyList<string> Row(DeadLetter letter, DateTimeOffset now) =>
    [
        letter.Id.ToString(CultureInfo.InvariantCulture),
        DeadWords.Named(letter),
        $"{Minute(letter.At)} ({(now - letter.At).InWords()})",
        letter.Kind == DeadKind.Dropped ? "" : letter.Tries == 1 ? "once" : $"{letter.Tries} times",
        letter.RetryAsked ? "is tried again" : letter.Why.Cut(WhyLength),
    ];

    private static IEnumerable<string> Lines(DeadLetter letter)
    {
        yield return $"{letter.Id}: {DeadWords.Named(letter)}";
        yield return $"  why: {letter.Why}";
        yield return $"  since {Minute(letter.At)} UTC, {Failed(letter)}";
        yield return letter switch
        {
            { RetryAsked: true } => "  it is tried again by the running bot",
            { Kind: DeadKind.Dropped } => "  these are gone; drop the entry when you have seen it",
            { Work: null, Kind: DeadKind.Item } => "  it can't be tried again: this program does not understand it. If it is a complaint, open a case by hand (/case new), then drop it.",
            { Work: null } => "  it can't be tried again: what another try needs can't be read. Do it by hand where it still matters, then drop it.",
            { Kind: DeadKind.Row } => "  put the row right (a backup has it, perhaps), then have it tried again; until then it is passed over",
            _ => $"  `dead retry {letter.Id}` has it tried again",
        };
        if (letter.Raw.Length > 0)
        {
            yield return "  how it began:";
            foreach (var line in letter.Raw.Split('\n'))
            {
                yield return $"    {line}";
            }
        }
    }

    /// <summary>Of what gave way the number says how many there were.</summary>
    private static string Failed(DeadLetter letter) => letter.Kind == DeadKind.Dropped ? $"the last at {Minute(letter.LastAt)} UTC"
        : letter.Tries == 1 ? "failed once" : $"failed {letter.Tries} times, the last at {Minute(letter.LastAt)} UTC";

    private static object Plain(DeadLetter letter) => new
    {
        number = letter.Id,
        kind = letter.Kind,
        place = letter.Place,
        what = letter.What,
        why = letter.Why,
        since = letter.At,
        last = letter.LastAt,
        failed = letter.Kind == DeadKind.Dropped ? default(int?) : letter.Tries,
        dropped = letter.Kind == DeadKind.Dropped ? letter.Tries : default(int?),
        canBeTried = letter.Work is not null,
        isTried = letter.RetryAsked,
    };

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
