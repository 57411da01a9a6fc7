using System.Text.Json;
using System.Text.Json.Serialization;

namespace ListeningBot.Core.Scoring;

/// <summary>What a model was fitted to, so that anybody can make it again.</summary>
/// <param name="Sha256">Of the file's bytes.</param>
/// <param name="Texts">How many of its texts took part.</param>
public sealed record Source(string Name, string Licence, string Sha256, int Texts);

/// <summary>What a model says of itself.</summary>
public sealed record Manifest
{
    /// <summary>Twelve hexadecimal digits of the hash of everything it weighs; the same inputs give the same.</summary>
    public required string Version { get; init; }

    /// <summary>Hash of the lexicons and of the features' names: the weights fit these and no others.</summary>
    public required string Lexicons { get; init; }
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>The version that this one was refitted from, or null for one made from its sources alone.</summary>
    public string? Parent { get; init; }

    /// <summary>How many verdicts of a team took part.</summary>
    public int Verdicts { get; init; }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.Manifest);

    internal static Manifest FromJson(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, ManifestJson.Default.Manifest) ?? throw new JsonException("the manifest is empty");
}

/// <summary>Written by the compiler: each start reads the shipped model's manifest.</summary>
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
