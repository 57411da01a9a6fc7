using System.Text.Json;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Configuration;

/// <summary>
/// The files of an applied configuration, as the store keeps them: the raw files only. What came from the environment, user-secrets or a credentials
/// folder is never kept; it is asked for again.
/// </summary>
internal static class AppliedFiles
{
    /// <summary>Where the last good configuration lay before versions were kept.</summary>
    private const string OldDocument = "configuration";

    /// <summary>What would become a version.</summary>
    public static ConfigVersion Of(SourceTexts texts, string by, string changed) => new(0, default, by, changed, texts.Print(), Written(texts));

    /// <summary>The kept files with today's secrets; null when they make no sense.</summary>
    public static SourceTexts? Texts(ConfigVersion version, SourceTexts today) =>
        Parse(version.Files) is { } files ? today with { Files = [.. files.Select(file => new FileText(file.Key, today.Shown(file.Key), file.Value, null))] } : null;

    /// <summary>The version that is live, or null. What a store of before has kept becomes its first.</summary>
    public static Task<ConfigVersion?> LatestAsync(IStore store, SourceTexts today, TimeProvider time, CancellationToken ct) => store.WriteAsync(
        tx =>
        {
            if (tx.LatestConfigId() == 0 && tx.Document(OldDocument) is { } json && Parse(json) is { } files)
            {
                var kept = today with { Files = [.. files.Select(file => new FileText(file.Key, today.Shown(file.Key), file.Value, null))] };
                tx.AddConfig(Of(kept, "the program before it kept versions", "the first version") with { At = time.GetUtcNow() });
            }
            return tx.ConfigOf(tx.LatestConfigId());
        },
        ct);

    private static string Written(SourceTexts texts) => JsonSerializer.Serialize(texts.Files.Where(file => file.Bytes is not null).ToDictionary(file => file.Name, file => file.Bytes));

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
}
