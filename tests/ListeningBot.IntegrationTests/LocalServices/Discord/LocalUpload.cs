using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <summary>A file that came with a request.</summary>
public sealed record LocalFile(string Field, string FileName, byte[] Content);

/// <summary>Bodies of requests, plain or in parts with files: documented under "Uploading Files".</summary>
internal static class LocalUpload
{
    /// <summary>A null body: none that Discord could read.</summary>
    public static async Task<(JsonNode? Body, IReadOnlyList<LocalFile> Files)> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            using var reader = new StreamReader(request.Body);
            var text = await reader.ReadToEndAsync();
            return (request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true ? Parsed(text) : null, []);
        }
        var form = await request.ReadFormAsync();
        var files = new List<LocalFile>();
        foreach (var file in form.Files)
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content);
            files.Add(new LocalFile(file.Name, file.FileName, content.ToArray()));
        }
        return (Parsed((string?)form["payload_json"] ?? ""), files);
    }

    /// <summary>Each file needs a number that an attachment names, and what an embed shows must be there.</summary>
    public static IReadOnlyList<string> Faults(JsonObject body, IReadOnlyList<LocalFile> files)
    {
        var named = Attachments(body).Select(one => $"files[{(int)one["id"]!}]").ToHashSet();
        var shown = (body["embeds"]?.AsArray() ?? []).Select(embed => (string?)embed!["image"]?["url"]).OfType<string>();
        return
        [
            .. files.Where(file => file.FileName.Length == 0 || !named.Contains(file.Field)).Select(_ => "attachments ATTACHMENT_NOT_FOUND"),
            .. Attachments(body).Where(one => ((string?)one["description"])?.Length > 1024).Select(_ => "attachments.description BASE_TYPE_MAX_LENGTH"),
            .. shown.Where(url => !files.Any(file => url == "attachment://" + file.FileName)).Select(_ => "embeds.image.url NOT_ATTACHED"),
        ];
    }

    /// <summary>What the message then has.</summary>
    public static JsonArray Kept(JsonObject body, IReadOnlyList<LocalFile> files) => new([.. Attachments(body).Select(one => (JsonNode)new JsonObject
    {
        ["filename"] = files.First(file => file.Field == $"files[{(int)one["id"]!}]").FileName,
        ["description"] = (string?)one["description"],
        ["size"] = files.First(file => file.Field == $"files[{(int)one["id"]!}]").Content.Length,
    })]);

    /// <summary>The data with what it then has, or null without data.</summary>
    public static JsonObject? With(JsonObject? data, IReadOnlyList<LocalFile> files)
    {
        var kept = (JsonObject?)data?.DeepClone();
        if (kept?["attachments"] is not null)
        {
            kept["attachments"] = Kept(kept, files);
        }
        return kept;
    }

    private static IEnumerable<JsonNode> Attachments(JsonObject body) => (body["attachments"]?.AsArray() ?? []).Select(one => one!);

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
