using System.Text.Json;
using System.Text.Json.Serialization;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Configuration;

/// <summary>
/// The files of an applied configuration, as the store keeps them: the raw files, without the secrets that stand in them. Those, and what came from the environment,
/// user-secrets or a credentials folder, are never kept; they are asked for again.
/// </summary>
internal static class AppliedFiles
{
    /// <summary>Where the last good configuration lay before versions were kept.</summary>
    private const string OldDocument = "configuration";

    /// <summary>Is there once no kept configuration holds a secret any more.</summary>
    private const string Clean = "configuration-without-secrets";

    private const string SecretsWereKept =
        "appsettings.json holds secrets, and this program kept them in its store with each version of the configuration. It does so no longer, and has taken them out. "
        + "Backups of before still hold them, and so may unused parts of the database file: change these secrets, and keep them in the environment or a credentials folder.";

    /// <summary>What would become a version.</summary>
    public static ConfigVersion Of(SourceTexts texts, string by, string changed) => new(0, default, by, changed, texts.Print(), Written(texts));

    /// <summary>The kept files with today's secrets; null when they make no sense.</summary>
    public static SourceTexts? Texts(ConfigVersion version, SourceTexts today) => Parse(version.Files) is { } files ? Texts(files, today) : null;

    /// <summary>The version that is live, or null. What a store of before has kept becomes its first, and loses its secrets.</summary>
    public static async Task<ConfigVersion?> LatestAsync(IStore store, SourceTexts today, TimeProvider time, CancellationToken ct)
    {
        var (version, _) = await ConfigDesk.WriteAsync(
            store,
            time,
            (tx, desk) =>
            {
                if (tx.LatestConfigId() == 0 && tx.Document(OldDocument) is { Length: > 0 } json && Parse(json) is { } files)
                {
                    tx.AddConfig(Of(Texts(files, today), "the program before it kept versions", "the first version") with { At = time.GetUtcNow() });
                }
                if (tx.Document(Clean) is null)
                {
                    TakeSecretsOut(tx, desk, time.GetUtcNow());
                }
                return tx.ConfigOf(tx.LatestConfigId());
            },
            ct);
        return version;
    }

    /// <summary>Programs before this one kept appsettings.json whole.</summary>
    private static void TakeSecretsOut(IStoreTx tx, ConfigDesk desk, DateTimeOffset now)
    {
        var found = 0;
        for (var id = tx.LatestConfigId(); id > 0 && tx.ConfigOf(id) is { } version; id--)
        {
            if (WithoutSecrets(version) is { } clean)
            {
                tx.RewriteConfig(clean);
                tx.RenameFiles(version.Hash, clean.Hash);
                found++;
            }
        }
        var latest = tx.LatestHeld()?.Id ?? 0;
        for (var id = latest; id > Math.Max(0, latest - ConfigDesk.HeldKept); id--)
        {
            if (tx.HeldChangeOf(id) is { } held && WithoutSecrets(held.Wanted) is { } clean)
            {
                tx.UpdateHeldChange(held with { Wanted = clean });
                found++;
            }
        }
        found += tx.Document(OldDocument) is { Length: > 0 } ? 1 : 0;
        tx.KeepDocument(OldDocument, "", now);
        tx.KeepDocument(Clean, "1", now);
        if (found > 0)
        {
            desk.Tell(SecretsWereKept, good: false);
        }
    }

    private static ConfigVersion? WithoutSecrets(ConfigVersion version) =>
        Parse(version.Files) is { } files && Texts(files, SourceTexts.None) is var texts && Written(texts) is var written && written != version.Files
            ? version with { Files = written, Hash = texts.Print() }
            : null;

    private static SourceTexts Texts(Dictionary<string, byte[]> files, SourceTexts today) =>
        today with { Files = [.. files.Select(file => new FileText(file.Key, today.Shown(file.Key), WithOwnSecrets(file.Key, file.Value, today), null))] };

    private static byte[] WithOwnSecrets(string name, byte[] kept, SourceTexts today) =>
        name == Sources.AppSettings ? OwnSecrets.PutIn(kept, today.File(name)?.Bytes) : kept;

    private static string Written(SourceTexts texts) =>
        JsonSerializer.Serialize(texts.Files.Select(file => (file.Name, Bytes: file.BytesToKeep())).Where(file => file.Bytes is not null).ToDictionary(file => file.Name, file => file.Bytes!), AppliedFilesJson.Default.DictionaryStringByteArray);

    private static Dictionary<string, byte[]>? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, AppliedFilesJson.Default.DictionaryStringByteArray);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(Dictionary<string, byte[]>))]
internal sealed partial class AppliedFilesJson : JsonSerializerContext;
