using System.Text;

namespace ListeningBot.Tests.Configuration;

/// <summary>Does to a file what slips, broken editors and ill will do: bytes flipped, lines lost, doubled and moved, signs strewn in, depth, length, the end cut off.</summary>
internal sealed class Mutilation(Random random)
{
    private const int Longest = 300_000;

    private static readonly string[] Signs = ["[", "{", "- ", "(", "? ", "\"", "'", "|", ">", "#", "$", "*", "&", "!", ": ", "NOT ", "OR ", "/", "\\", "\t", "\r", "\0", "\uFEFF", "\u202E", "\u2028", "~", "%", "@", "`", ",", "]", "}", ")", "😀", "\u0301"];

    public byte[] Of(byte[] file)
    {
        for (var n = random.Next(4); n >= 0; n--)
        {
            file = Once(file);
        }
        return file;
    }

    private byte[] Once(byte[] file) => random.Next(9) switch
    {
        0 => Flipped(file),
        1 => Lines(file, lines => lines.RemoveAt(random.Next(lines.Count))),
        2 => Lines(file, lines => lines.Insert(random.Next(lines.Count), lines[random.Next(lines.Count)])),
        3 => Lines(file, lines => lines[random.Next(lines.Count)] = new string(' ', random.Next(9)) + lines[random.Next(lines.Count)].TrimStart()),
        4 => Inserted(file, string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => RandomRune().ToString()))),
        5 => Inserted(file, Signs[random.Next(Signs.Length)]),
        6 => file[..random.Next(file.Length + 1)],
        7 => Inserted(file, Repeated(Signs[random.Next(Signs.Length)], random.Next(200))),
        _ => Inserted(file, random.Next(20) == 0 ? Repeated(Signs[random.Next(Signs.Length)], Longest / 3) : Repeated("a ", random.Next(3000))),
    };

    private byte[] Flipped(byte[] file)
    {
        byte[] flipped = [.. file];
        if (flipped.Length > 0)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }
        return flipped;
    }

    private static byte[] Lines(byte[] file, Action<List<string>> change)
    {
        List<string> lines = [.. Encoding.UTF8.GetString(file).Split('\n')];
        change(lines);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private byte[] Inserted(byte[] file, string text)
    {
        var at = random.Next(file.Length + 1);
        return [.. file[..at], .. Encoding.UTF8.GetBytes(text), .. file[at..]];
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private Rune RandomRune()
    {
        var value = random.Next(3) == 0 ? random.Next(0x110000) : random.Next(0x500);
        return Rune.IsValid(value) ? new Rune(value) : Rune.ReplacementChar;
    }
}
