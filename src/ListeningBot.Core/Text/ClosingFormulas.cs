using System.Collections.Frozen;
using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>How letters close above their writer's name: "Kind regards". Told by the whole line in its folded form, whatever marks stand around it.</summary>
public static class ClosingFormulas
{
    private const int LongestLine = 60;

    /// <summary>Bytes that this many characters take at most in UTF-8.</summary>
    private const int Widest = 3 * LongestLine;

    private static readonly FrozenSet<string> s_formulas = new[]
    {
        "regards", "kind regards", "kindest regards", "best regards", "warm regards", "warmest regards", "many regards", "with regards", "with kind regards", "with best regards", "with warm regards",
        "wishes", "kind wishes", "best wishes", "warm wishes", "many wishes", "with best wishes", "with kind wishes", "sincerely", "sincerely yours", "yours sincerely", "yours faithfully", "yours truly",
        "mit freundlichen Grüßen", "mit freundlichen Gruessen", "mit freundlichem Gruß", "mit freundlicher Gruß", "mit freundlichen Gruß", "mit besten Grüßen", "mit lieben Grüßen", "mit herzlichen Grüßen",
        "freundliche Grüße", "beste Grüße", "liebe Grüße", "viele Grüße", "schöne Grüße", "herzliche Grüße", "MfG", "Gruß",
        "cordialement", "bien cordialement", "bien à vous", "salutations", "salutations distinguées", "sincères salutations",
        "atentamente", "saludo", "saludos", "un saludo", "un saludos", "saludo cordial", "saludos cordiales", "un saludo cordial",
        "atenciosamente", "cumprimentos", "com os melhores", "com os melhores cumprimentos", "melhores cumprimentos",
        "saluti", "cordiali saluti", "distinti saluti",
        "met vriendelijke groet", "met vriendelijke groeten", "mvg", "med vänlig hälsning", "med vänliga hälsningar", "med vänliga hälsning", "med vänlig hälsningar", "venlig hilsen", "med venlig hilsen",
        "z poważaniem", "pozdrawiam", "с уважением", "saygılarımla", "s pozdravem", "敬具", "此致",
    }.Select(Folded).ToFrozenSet();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_lookup = s_formulas.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Closes(ReadOnlySpan<char> line)
    {
        Span<byte> bytes = stackalloc byte[Widest];
        return line.Length <= LongestLine && Closes(bytes[..Encoding.UTF8.GetBytes(line, bytes)]);
    }

    public static bool Closes(ReadOnlySpan<byte> line)
    {
        Span<byte> folded = stackalloc byte[3 * LongestLine];
        Span<char> characters = stackalloc char[folded.Length];
        return line.Length <= Widest && Folding.TryFold(line, folded, out var length)
            && s_lookup.Contains(WithoutMarks(characters[..Encoding.UTF8.GetChars(folded[..length], characters)]));
    }

    private static ReadOnlySpan<char> WithoutMarks(ReadOnlySpan<char> line)
    {
        while (line is [.., var last] && !char.IsLetterOrDigit(last))
        {
            line = line[..^1];
        }
        while (line is [var first, ..] && !char.IsLetterOrDigit(first))
        {
            line = line[1..];
        }
        return line;
    }

    private static string Folded(string formula)
    {
        var bytes = Encoding.UTF8.GetBytes(formula);
        var folded = new byte[Folding.MaxLength(bytes.Length)];
        return Encoding.UTF8.GetString(folded, 0, Folding.Fold(bytes, folded));
    }
}
