using System.Globalization;
using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>`cases show`: one case with everything that happened to it.</summary>
internal static class CasesVerbShow
{
    private static readonly string[] Told = ["event", "by"];

    public static async Task<int> RunAsync(IStore store, long number, bool json, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var text = await store.ReadAsync(view => view.CaseOf(number) is not { } @case ? null : json ? Json(view, @case) : string.Join(Environment.NewLine, Lines(view, @case).Select(CheckVerbSheet.Plain)), ct);
        if (text is null)
        {
            await errors.WriteLineAsync($"There is no case {number}. `cases list --all` shows which there are.");
            return Exit.BadInput;
        }
        await output.WriteLineAsync(text);
        return Exit.Done;
    }

    private static string Json(IStoreView view, Case @case) =>
        CasesVerbJson.Of(new { @case = CasesVerbJson.Whole(view, @case), mentions = view.MentionsOfCase(@case.Id) });

    private static IEnumerable<string> Lines(IStoreView view, Case @case)
    {
        yield return $"Case {@case.Id}: {CasesVerbList.StateOf(@case)}, {@case.Priority.ToString().ToLowerInvariant()}, {@case.Aspect}, team {string.Join(" and ", @case.Teams)}";
        var mentions = view.MentionsOfCase(@case.Id);
        var isUndated = mentions.FirstOrDefault(mention => mention.Id == @case.FirstMention) is { Post.Posted: null };
        yield return $"  {(isUndated ? "no date" : $"posted {Time(@case.Posted)}")}, first seen {Time(@case.FirstSeen)}";
        if (@case.Wants is { } wants)
        {
            yield return $"  wants: {wants}";
        }
        if (@case.Due is { } due)
        {
            yield return $"  next: {@case.DueStep} at {Time(due)}";
        }
        if (HistoryWriter.Line(@case, view.OtherCasesOf(@case)) is { } history)
        {
            yield return $"  {history}";
        }
        foreach (var promise in @case.Promises)
        {
            yield return $"  promised by {promise.By.Name} for {Time(promise.Due)}: {promise.What} ({(promise.Kept switch { true => "kept", false => "missed", null => "open" })})";
        }
        yield return "Posts";
        foreach (var mention in mentions)
        {
            yield return $"  {(mention.Post.Posted is null ? $"no date, seen {Time(mention.FirstSeen)}" : Time(mention.Posted))}  {CardWriter.Where(mention.Post)}  {(mention.Deleted ? "deleted" : $"{CardWriter.Who(mention.Post.Author)}: {mention.Post.Title} {mention.Post.Text}")}  {mention.Post.Url}".TrimEnd();
            yield return $"    {Judged(mention)}";
            foreach (var reason in ReasonLines.Of(mention.Assessment, all: true))
            {
                yield return $"      {reason}";
            }
            foreach (var verdict in view.VerdictsOn(mention.Id))
            {
                yield return $"    {Time(verdict.At)}  verdict: {verdict.Verdict}, {Who(verdict.By)}";
            }
        }
        yield return "Events";
        foreach (var happening in view.EventsOf(@case.Id))
        {
            yield return $"  {Time(happening.At)}  {Event(happening.Event)}";
        }
    }

    /// <summary>"judged by model 3fa9c2d41b22: complaint 0.93, high".</summary>
    private static string Judged(Mention mention) => string.Create(
        CultureInfo.InvariantCulture,
        $"judged {(mention.Assessment.JudgedBy is { } model ? $"by model {model}" : "before models had names")}: complaint {mention.Assessment.Complaint:0.00}, {mention.Assessment.Priority.ToString().ToLowerInvariant()}");

    /// <summary>"claimed by Anna (member:anna)": what, who, from which account, and the rest as it is stored.</summary>
    private static string Event(CaseEvent happened)
    {
        var fields = CasesVerbJson.Element(happened);
        var rest = fields.EnumerateObject().Where(field => !Told.Contains(field.Name)).Select(field => $"{field.Name}: {Value(field.Value)}");
        var by = fields.TryGetProperty("by", out var who) ? $" by {Who(who)}" : "";
        return $"{fields.GetProperty("event").GetString()}{by}  {string.Join(", ", rest)}".TrimEnd();
    }

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("name", out _) => Who(value),
        JsonValueKind.Array => string.Join(" and ", value.EnumerateArray().Select(Value)),
        _ => value.ToString(),
    };

    private static string Who(JsonElement responder) => $"{responder.GetProperty("name").GetString()} ({responder.GetProperty("id").GetString()})";

    private static string Who(Responder responder) => $"{responder.Name} ({responder.Id})";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
