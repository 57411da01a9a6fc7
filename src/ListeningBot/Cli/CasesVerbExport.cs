using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>`cases export`: JSON lines of the kinds customer, mention, case, aside and sampled.</summary>
internal static class CasesVerbExport
{
    public static async Task<int> OfPersonAsync(IStore store, string who, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var found = await store.ReadAsync(view => PersonFile.Find(view, who), ct);
        if (found is not [var person])
        {
            await CasesVerbErase.TellChoiceAsync(found, who, errors);
            return Exit.BadInput;
        }
        await WriteAsync(await store.ReadAsync(view => Lines(view, person), ct), output);
        return Exit.Done;
    }

    public static async Task<int> SinceAsync(IStore store, DateTimeOffset since, TextWriter output, CancellationToken ct)
    {
        await WriteAsync(await store.ReadAsync(view => Lines(view, since), ct), output);
        return Exit.Done;
    }

    private static List<string> Lines(IStoreView view, PersonFile person) =>
    [
        CasesVerbJson.Of(new { kind = "customer", person.Customer?.Id, person.Accounts, claims = person.Customer is { } customer ? view.ClaimsOf(customer.Id) : [] }),
        .. person.Mentions.Select(Line),
        .. person.Cases.Select(@case => CasesVerbJson.Of(CasesVerbJson.Whole(view, @case))),
        .. person.Aside.Select(item => CasesVerbJson.Of(new { kind = "aside", item.Channel, item.What, item.Raw, item.KeptAt })),
        .. person.Sampled.Select(sampled => CasesVerbJson.Of(new { kind = "sampled", sampled.Post, sampled.SeenAt })),
    ];

    private static List<string> Lines(IStoreView view, DateTimeOffset since) =>
    [
        .. view.MentionsSince(since).Select(Line),
        .. view.LatestCases(int.MaxValue).Where(@case => @case.FirstSeen >= since).OrderBy(@case => @case.Id).Select(@case => CasesVerbJson.Of(CasesVerbJson.Whole(view, @case))),
    ];

    private static string Line(Mention mention) => CasesVerbJson.Of(new { kind = "mention", mention });

    private static async Task WriteAsync(IReadOnlyList<string> lines, TextWriter output)
    {
        try
        {
            foreach (var line in lines)
            {
                await output.WriteLineAsync(line);
            }
            await output.FlushAsync();
        }
        catch (IOException)
        {
            // Who read the output has seen enough: "| head".
        }
    }
}
