using System.Text.Json;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Configuration;

/// <summary>
/// The last good configuration, kept in the store: the raw files only. What came from the environment, user-secrets or a credentials
/// folder is never kept; it is asked for again.
/// </summary>
internal static class LastGood
{
    private const string Document = "configuration";

    public static Task KeepAsync(IStore store, SourceTexts texts, TimeProvider time, CancellationToken ct)
    {
        var files = texts.Files.Where(f => f.Bytes is not null).ToDictionary(f => f.Name, f => f.Bytes);
        var json = JsonSerializer.Serialize(files);
        return store.WriteAsync(
            tx =>
            {
                if (!string.Equals(tx.Document(Document), json, StringComparison.Ordinal))
                {
                    tx.KeepDocument(Document, json, time.GetUtcNow());
                }
                return true;
            },
            ct);
    }

    /// <summary>The kept files with today's secrets; null when none were kept.</summary>
    public static async Task<SourceTexts?> TextsAsync(IStore store, SourceTexts today, CancellationToken ct)
    {
        var json = await store.ReadAsync(view => view.Document(Document), ct);
        return json is not null && Parse(json) is { } files
            ? today with { Files = [.. files.Select(f => new FileText(f.Key, Shown(today, f.Key), f.Value, null))] }
            : null;
    }

    private static Dictionary<string, byte[]>? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, byte[]>>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Shown(SourceTexts today, string name) => today.Folder.Length == 0 ? name : Path.Combine(today.Folder, name);
}
