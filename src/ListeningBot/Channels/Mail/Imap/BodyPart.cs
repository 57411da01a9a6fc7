using ListeningBot.Channels.Mail.Mime;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>One part of a letter, as the server describes it in BODYSTRUCTURE; nothing of its content.</summary>
/// <param name="Section">How to ask for it: "1.2"; for a whole multipart the prefix of its parts.</param>
/// <param name="Type">"text/plain", in lower case.</param>
/// <param name="Encoding">The transfer encoding in lower case.</param>
/// <param name="Size">Bytes as they are sent, 0 when not told.</param>
/// <param name="Disposition">"attachment", "inline", or null.</param>
/// <param name="Parts">Of a multipart; of a letter within the letter its body.</param>
internal sealed record BodyPart(string Section, string Type, IReadOnlyDictionary<string, string> Parameters, string Encoding, long Size, string? Disposition, string? FileName, IReadOnlyList<BodyPart> Parts)
{
    public string? Parameter(string name) => Parameters.GetValueOrDefault(name);
    public bool IsAttached => Disposition == "attachment" || FileName is not null;

    /// <summary>Reads BODYSTRUCTURE (RFC 3501, 7.4.2). A shape that servers get wrong reads as a part of unknown type.</summary>
    public static BodyPart Read(ImapValue structure) => Read(structure, "");

    private static BodyPart Read(ImapValue value, string section) => value.At(0).IsList ? Multipart(value, section) : Single(value, section.Length == 0 ? "1" : section);

    private static BodyPart Multipart(ImapValue value, string section)
    {
        var parts = value.Items.TakeWhile(item => item.IsList).ToList();
        var children = parts.Select((part, i) => Read(part, section.Length == 0 ? $"{i + 1}" : $"{section}.{i + 1}")).ToList();
        var (disposition, file) = DispositionOf(value.At(parts.Count + 2));
        return new BodyPart(section, $"multipart/{Lower(value.At(parts.Count))}", ParametersOf(value.At(parts.Count + 1)), "7bit", 0, disposition, file, children);
    }

    private static BodyPart Single(ImapValue value, string section)
    {
        var type = $"{Lower(value.At(0))}/{Lower(value.At(1))}";
        var parameters = ParametersOf(value.At(2));
        // Text parts tell their lines before the extensions; letters within letters their envelope, body and lines.
        var extensions = type.StartsWith("text/", StringComparison.Ordinal) ? 8 : type == "message/rfc822" && value.At(7).IsList ? 10 : 7;
        var (disposition, file) = DispositionOf(value.At(extensions + 1));
        return new BodyPart(section, type, parameters, Lower(value.At(5)), value.At(6).Number ?? 0, disposition, file ?? parameters.GetValueOrDefault("name"), Inner(type, value.At(8), section));
    }

    /// <summary>The one part of a letter within the letter: its body.</summary>
    private static List<BodyPart> Inner(string type, ImapValue body, string section) =>
        type is "message/rfc822" or "message/global" && body.IsList ? [Read(body, body.At(0).IsList ? section : $"{section}.1")] : [];

    private static (string? Disposition, string? FileName) DispositionOf(ImapValue value) =>
        value.IsList ? (Lower(value.At(0)), ParametersOf(value.At(1)).GetValueOrDefault("filename")) : (null, null);

    private static Dictionary<string, string> ParametersOf(ImapValue value) =>
        MimeParameters.Combine(value.Items.Chunk(2).Where(pair => pair.Length == 2).Select(pair => (pair[0].Ascii ?? "", pair[1].Bytes ?? [])));

    private static string Lower(ImapValue value) => (value.Ascii ?? "").Trim().ToLowerInvariant();
}
