using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ListeningBot.Core.Scoring;

/// <summary>The bytes of a model: a mark, the manifest as JSON, the features' weights, scales, calibrations, lines, and the table. Little-endian everywhere.</summary>
public sealed partial class Model
{
    private const string Resource = "Model/shipped.model";
    private const int LongestManifest = 1 << 20;
    private static readonly byte[] s_mark = "LBMODEL1"u8.ToArray();

    private static readonly Lazy<Model> s_shipped = new(ReadShipped);

    /// <summary>The one that is built into the program.</summary>
    public static Model Shipped => s_shipped.Value;

    private static Model ReadShipped()
    {
        using var stream = typeof(Model).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("The model is not built into this program: build it again.");
        return Read(stream);
    }

    /// <summary>Throws <see cref="InvalidDataException"/> for what is no model, or not one for this program.</summary>
    public static Model Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!reader.ReadBytes(s_mark.Length).AsSpan().SequenceEqual(s_mark))
            {
                throw new InvalidDataException("This is no model of this program.");
            }
            var length = reader.ReadInt32();
            var manifest = length is > 0 and <= LongestManifest ? Manifest.FromJson(reader.ReadBytes(length)) : throw new InvalidDataException("The model's manifest is damaged.");
            if (manifest.Lexicons != LexiconsHash)
            {
                throw new InvalidDataException($"The model {manifest.Version} was made for other lexicons than this program's: train it again.");
            }
            var dense = Floats(reader, Features.Count * Heads.Count);
            var scales = Floats(reader, Heads.Count);
            var calibrations = Floats(reader, Heads.Count * 2);
            var lines = Floats(reader, 6);
            var table = new sbyte[Grams.Buckets * Heads.Count];
            reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(table.AsSpan()));
            return new Model(dense, table, scales, [.. Enumerable.Range(0, Heads.Count).Select(i => new Calibration(calibrations[2 * i], calibrations[2 * i + 1]))],
                new Lines(lines[0], lines[1], lines[2], lines[3], lines[4], lines[5]), manifest);
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException)
        {
            throw new InvalidDataException("The model is cut off or damaged: " + e.Message, e);
        }
    }

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        var manifest = Manifest.ToJson();
        writer.Write(s_mark);
        writer.Write(manifest.Length);
        writer.Write(manifest);
        WriteWeights(writer);
    }

    /// <summary>Names these weights: the same weights have the same name everywhere.</summary>
    internal static string VersionOf(Model model)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        model.WriteWeights(writer);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)))[..12];
    }

    private void WriteWeights(BinaryWriter writer)
    {
        Array.ForEach(_dense, writer.Write);
        Array.ForEach(_scales, writer.Write);
        foreach (var calibration in _calibrations)
        {
            writer.Write(calibration.Slope);
            writer.Write(calibration.Offset);
        }
        foreach (var line in (ReadOnlySpan<float>)[Lines.Negative, Lines.Positive, Lines.Normal, Lines.High, Lines.Critical, Lines.Aspect])
        {
            writer.Write(line);
        }
        writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_table.AsSpan()));
    }

    /// <summary>Of the lexicons' bytes and the features' names, in order.</summary>
    internal static string LexiconsHash { get; } = HashLexicons();

    private static string HashLexicons()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in LexiconFile.Names.Where(name => name != Priors.File))
        {
            hash.AppendData(LexiconFile.BytesOf(name));
        }
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join(',', Enum.GetNames<Feature>()) + ";" + string.Join(',', Enum.GetNames<Head>())));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static float[] Floats(BinaryReader reader, int count)
    {
        var floats = new float[count];
        for (var i = 0; i < count; i++)
        {
            floats[i] = reader.ReadSingle();
        }
        return floats;
    }
}
