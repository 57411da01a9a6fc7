using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>`dead retry`: asks the running bot, and waits for what becomes of it.</summary>
internal sealed class DeadVerbRetry(IStore store, TimeProvider time, TextWriter output, TextWriter errors)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>A running bot takes it up within seconds; a card may have to wait for its service.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="id">Null: all that can be tried.</param>
    public async Task<int> RunAsync(long? id, CancellationToken ct)
    {
        var asked = new Dictionary<long, DeadLetter>();
        foreach (var one in id is { } single ? [single] : await DeadVerbList.IdsAsync(store, ct))
        {
            if (await store.WriteAsync(tx => tx.DeadLetterOf(one) is { Work: not null } letter && tx.AskDeadRetry(one, asked: true) ? letter : null, ct) is { } letter)
            {
                asked[one] = letter;
            }
        }
        if (asked.Count == 0)
        {
            return await TellNothingAsync(id, ct);
        }
        return await WaitAsync(asked, ct);
    }

    private async Task<int> TellNothingAsync(long? id, CancellationToken ct)
    {
        if (id is not { } one)
        {
            await output.WriteLineAsync("Nothing waits that can be tried again.");
            return Exit.Done;
        }
        if (await store.ReadAsync(view => view.DeadLetterOf(one), ct) is null)
        {
            return await DeadVerbList.TellMissingAsync(one, errors);
        }
        await errors.WriteLineAsync($"{one} can't be tried again. `dead show {one}` says why, and what to do.");
        return Exit.BadInput;
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
