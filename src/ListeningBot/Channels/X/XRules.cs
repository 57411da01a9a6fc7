using System.Net.Http.Json;
using System.Text.Json;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels.X;

/// <summary>Makes the rules of the app's filtered stream exactly ours: every other rule would cost money here, and goes only when the operator said so. Documented at docs.x.com: x-api/posts/filtered-stream.</summary>
internal static class XRules
{
    private const string Path = "/2/tweets/search/stream/rules";
    private const string Tag = "listeningbot";
    private const int Most = 1000;
    private const int AtOnce = 100;

    public static async Task SyncAsync(XApi api, IReadOnlyList<string> wanted, bool deleteOthers, CancellationToken ct)
    {
        if (wanted.Count > Most)
        {
            throw new ChannelException($"The watches that listen here need {wanted.Count} rules of X's stream, which has {Most}. Give them fewer words.") { NeedsOperator = true };
        }
        var there = await ReadAsync(api, ct);
        if (!deleteOthers && there.Count(rule => rule.Tag != Tag) is > 0 and var others)
        {
            throw new ChannelException($"The app's stream has {others} {(others == 1 ? "rule" : "rules")} of another program, which would cost money here and are not this bot's to delete. Give the channel an app of its own, or set DeleteOtherRules to true.") { NeedsOperator = true };
        }
        var kept = there.Where(rule => rule.Tag == Tag && wanted.Contains(rule.Value, StringComparer.Ordinal)).DistinctBy(rule => rule.Value).ToList();
        foreach (var gone in there.Except(kept).Select(rule => rule.Id).Chunk(AtOnce))
        {
            await SendAsync(api, new { delete = new { ids = gone } }, ct);
        }
        foreach (var added in wanted.Except(kept.Select(rule => rule.Value), StringComparer.Ordinal).Chunk(AtOnce))
        {
            await SendAsync(api, new { add = added.Select(value => new { value, tag = Tag }) }, ct);
        }
    }

    private static async Task<List<Rule>> ReadAsync(XApi api, CancellationToken ct)
    {
        var rules = new List<Rule>();
        string? token = null;
        do
        {
            var (_, json) = await api.AskFreeAsync(Path + (token is null ? "" : "?pagination_token=" + Uri.EscapeDataString(token)), ct);
            using (json)
            {
                rules.AddRange(XPage.List(json.RootElement, "data").Select(rule => new Rule(XPage.Text(rule, "id") ?? "", XPage.Text(rule, "value") ?? "", XPage.Text(rule, "tag"))).Where(rule => rule.Id.Length > 0));
                var next = XPage.Text(XPage.Part(json.RootElement, "meta"), "next_token");
                token = next == token ? null : next;
            }
        }
        while (token is not null && rules.Count < Most * 2);
        return rules;
    }

    private static async Task SendAsync(XApi api, object body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, api.Address(Path)) { Content = JsonContent.Create(body) };
        try
        {
            var (_, json) = await api.SendFreeAsync(request, ct);
            using (json)
            {
                if (XPage.List(json.RootElement, "errors").FirstOrDefault(error => XPage.Text(error, "type")?.EndsWith("/duplicate-rules", StringComparison.Ordinal) != true) is { ValueKind: JsonValueKind.Object } refused)
                {
                    throw Refused(XPage.Text(refused, "value") is { } value ? $": {value}" : "");
                }
            }
        }
        catch (XQuestionException e)
        {
            throw Refused($": {e.Message}");
        }
    }

    private static ChannelException Refused(string what) => new($"X does not take a rule for its stream{what}. Look at the words of the watches that listen here.") { NeedsOperator = true };

    private sealed record Rule(string Id, string Value, string? Tag);
}
