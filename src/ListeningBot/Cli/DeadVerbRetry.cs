using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>`dead retry`: asks the running bot, and waits for what becomes of it.</summary>
internal sealed class DeadVerbRetry(IStore store, TimeProvider time, TextWriter output, TextWriter errors)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>A running bot takes it up within seconds; a card may have to wait for its service.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="ids">Null: all that can be tried.</param>
    public async Task<int> RunAsync(IReadOnlyList<long>? ids, CancellationToken ct)
    {
        var (asked, refused) = (new Dictionary<long, DeadLetter>(), 0);
        foreach (var id in ids ?? await DeadVerbList.IdsAsync(store, ct))
        {
            if (await store.WriteAsync(tx => tx.DeadLetterOf(id) is { Work: not null } letter && tx.AskDeadRetry(id, asked: true) ? letter : null, ct) is { } letter)
            {
                asked[id] = letter;
            }
            else if (ids is not null)
            {
                await TellRefusedAsync(id, ct);
                refused++;
            }
        }
        if (asked.Count == 0 && ids is null)
        {
            await output.WriteLineAsync("Nothing waits that can be tried again.");
        }
        var became = asked.Count == 0 ? Exit.Done : await WaitAsync(asked, ct);
        return refused == 0 ? became : Exit.BadInput;
    }

    private async Task TellRefusedAsync(long id, CancellationToken ct)
    {
        if (await store.ReadAsync(view => view.DeadLetterOf(id), ct) is null)
        {
            await DeadVerbList.TellMissingAsync(id, errors);
            return;
        }
        await errors.WriteLineAsync($"{id} can't be tried again. `dead show {id}` says why, and what to do.");
    }

    private async Task<int> WaitAsync(Dictionary<long, DeadLetter> asked, CancellationToken ct)
    {
        var (began, failed, all) = (time.GetUtcNow(), 0, asked.Count);
        while (asked.Count > 0 && time.GetUtcNow() - began < Patience)
        {
            foreach (var (id, before) in asked.ToList())
            {
                var now = await store.ReadAsync(view => view.DeadLetterOf(id), ct);
                if (now is null)
                {
                    await SayAsync($"{id}: dealt with: {DeadWords.Named(before)}");
                    asked.Remove(id);
                }
                else if (now.Tries > before.Tries)
                {
                    await SayAsync($"{id}: failed again: {now.Why}");
                    failed++;
                    asked.Remove(id);
                }
            }
            await Task.Delay(Look, time, ct);
        }
        if (asked.Count > 0)
        {
            // It takes up so many at a time: one that was taken up shows that it runs.
            var isTaken = asked.Count < all || await store.ReadAsync(view => asked.Keys.Any(id => view.DeadLetterOf(id) is not { RetryAsked: true }), ct);
            await errors.WriteLineAsync(isTaken
                ? $"{asked.Count} under way for longer than {Patience.TotalSeconds:0} seconds; the running bot goes on. `dead` shows what still waits."
                : $"No running bot took it up within {Patience.TotalSeconds:0} seconds. It is tried when one runs: listeningbot run");
            return Exit.BadInput;
        }
        return failed == 0 ? Exit.Done : Exit.BadInput;
    }

    private Task SayAsync(string line) => output.WriteLineAsync(CheckVerbSheet.Plain(line));
}
