using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ListeningBot.Core.Scoring;

/// <summary>How well a model judges texts whose verdict is known.</summary>
/// <param name="Loss">Mean log loss; less is better.</param>
/// <param name="Auc">Null where one side is missing.</param>
/// <param name="F1">Of complaint at the line; null where there is none.</param>
public sealed record TeamFigures(int Texts, double Loss, double? Auc, double? F1);

/// <summary>What a team's model says of itself.</summary>
/// <param name="Version">Twelve hexadecimal digits of the hash of what it adds and to what.</param>
/// <param name="Parent">The version of the shipped model that it adds to: it fits no other.</param>
/// <param name="Fitted">How many verdicts it learned from.</param>
/// <param name="Before">On verdicts held back: the model that was in use.</param>
/// <param name="After">On the same: this one.</param>
public sealed record TeamManifest(string Version, string Parent, DateTimeOffset LearnedAt, int Fitted, int Complaints, TeamFigures Before, TeamFigures After)
{
    /// <summary>It was made for the model that this program ships.</summary>
    public bool Fits => Parent == Model.Shipped.Manifest.Version;
}

/// <summary>
/// What a team taught: bounded additions to the shipped model, never a model of its own, so that nothing drifts from refit to refit.
/// The bytes: a mark, the manifest as JSON, then deflated the features' weights and the buckets' steps. Little-endian.
/// </summary>
public sealed class TeamModel
{
    private const int LongestManifest = 1 << 16;
    private static readonly byte[] s_mark = "LBTEAM01"u8.ToArray();

    private readonly Lean _lean;

    internal TeamModel(Lean lean, TeamManifest manifest) => (_lean, Manifest) = (lean, manifest);

    public TeamManifest Manifest { get; }

    /// <summary>The shipped model with these additions.</summary>
    public Model OnShipped() => Model.Shipped.With(_lean, Model.Shipped.Manifest with { Version = Manifest.Version, Parent = Manifest.Parent, Verdicts = Manifest.Fitted });

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        var manifest = JsonSerializer.SerializeToUtf8Bytes(Manifest);
        writer.Write(s_mark);
        writer.Write(manifest.Length);
        writer.Write(manifest);
        writer.Flush();
        using var packed = new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        packed.Write(BytesOf(_lean));
    }

    /// <summary>Throws <see cref="InvalidDataException"/> for what is no model of a team, or a damaged one.</summary>
    public static TeamManifest ReadManifest(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!reader.ReadBytes(s_mark.Length).AsSpan().SequenceEqual(s_mark))
            {
                throw new InvalidDataException("It is no model of a team.");
            }
            var length = reader.ReadInt32();
            return (length is > 0 and <= LongestManifest ? JsonSerializer.Deserialize<TeamManifest>(reader.ReadBytes(length)) : null) is { Version: not null, Parent: not null, Before: not null, After: not null } manifest
                ? manifest
                : throw new InvalidDataException("What it says of itself is damaged.");
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException)
        {
            throw new InvalidDataException("It is cut off or damaged.", e);
        }
    }

    /// <summary>Throws <see cref="InvalidDataException"/> for what is no model of a team, a damaged one, or one that adds to another shipped model.</summary>
    public static TeamModel Read(Stream stream)
    {
        var manifest = ReadManifest(stream);
        if (!manifest.Fits)
        {
            throw new InvalidDataException($"It adds to the shipped model {manifest.Parent}; this program ships {Model.Shipped.Manifest.Version}.");
        }
        var dense = new float[Features.Count * Lean.Lanes];
        var table = new sbyte[Grams.Buckets * Lean.Lanes];
        try
        {
            using var packed = new DeflateStream(stream, CompressionMode.Decompress, leaveOpen: true);
            packed.ReadExactly(MemoryMarshal.AsBytes(dense.AsSpan()));
            packed.ReadExactly(MemoryMarshal.AsBytes(table.AsSpan()));
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("It is cut off.", e);
        }
        var lean = new Lean(dense, table);
        return VersionOf(lean, manifest.Parent) == manifest.Version && Array.TrueForAll(dense, weight => Math.Abs(weight) <= Lean.MostOfFeature) ? new TeamModel(lean, manifest)
            : throw new InvalidDataException("Its weights are damaged.");
    }

    /// <summary>Names these additions to this model.</summary>
    internal static string VersionOf(Lean lean, string parent) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(parent), .. BytesOf(lean)]))[..12];

    private static byte[] BytesOf(Lean lean) => [.. MemoryMarshal.AsBytes(lean.Dense), .. MemoryMarshal.AsBytes(lean.Table)];
}
