using System.Globalization;
using System.Text;
using ListeningBot.Channels.Mail.Letters;
using ListeningBot.Core.Posts;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>
/// Awkward letters, broken further by chance: none may crash what reads it, take longer than 100 ms, or give more than its caps. LISTENINGBOT_FUZZ_LETTERS says how many
/// (default 4,000); the same number gives the same letters.
/// </summary>
public sealed class LetterFuzzTests(ITestOutputHelper output)
{
    private const int Chunk = 500;
    private const int LongestLetter = 128 * 1024;
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);
    private static readonly byte[][] Letters = [.. AwkwardLetters.All.Select((letter, i) => letter.Bytes(i)).Where(letter => letter.Length < LongestLetter)];

    private static readonly string[] Pieces =
    [
        "\r\n", "\r\n\r\n", "\n", "--b=_1\r\n", "=?utf-8?Q?", "?=", "=?gb2312?B?", "=\r\n", "=C3", "> ", ">", "<", "-- \r\n", "\r\nOn 2 Nov 2026, at 09:00, Ann <a@b> wrote:\r\n", "\r\nFrom: a@b\r\nSent: c\r\nTo: d\r\nSubject: e\r\n",
        "<blockquote type=cite>", "</blockquote>", "<div class=gmail_quote>", "<div id=appendonsend>", "<table><tr><td>", "<!--", "-->", "&#x1F621;", "&", "\u001b$B", "\u001b(B", "~{", "\u00ef\u00bb\u00bf", "\u00ee\u0080\u0081", "\0", "\u00ff\u00fe",
        "<a@b> ", "Content-Type: text/html; charset=utf-8\r\n", "Content-Transfer-Encoding: base64\r\n", "-----BEGIN PGP SIGNED MESSAGE-----\r\n", "References: ", "\r\n ", "Sent from my iPhone\r\n", "This e-mail is confidential", "Tel: +49 30 1\r\n", "Kind regards\r\n", "a ", "\u00f0\u009f\u0098\u00a1",
    ];

    [Fact]
    public void Broken_letters_never_crash_hang_or_pass_their_caps()
    {
        var wanted = int.TryParse(Environment.GetEnvironmentVariable("LISTENINGBOT_FUZZ_LETTERS"), CultureInfo.InvariantCulture, out var set) ? set : 4000;
        var (slowest, begun) = (new Lock(), Time.GetTimestamp());
        var (worst, bytes) = (TimeSpan.Zero, 0L);
        Read(Letters[0]);
        Parallel.For(0, (wanted + Chunk - 1) / Chunk, new ParallelOptions { MaxDegreeOfParallelism = 2 }, chunk =>
        {
            var random = new Random(chunk);
            for (var i = 0; i < Chunk; i++)
            {
                var letter = Broken(random);
                var took = Took(letter, $"chunk {chunk}, letter {i}");
                lock (slowest)
                {
                    worst = took > worst ? took : worst;
                    bytes += letter.Length;
                }
            }
        });
        output.WriteLine($"{(wanted + Chunk - 1) / Chunk * Chunk:N0} letters, {bytes / 1048576:N0} MiB, in {Time.GetElapsedTime(begun).TotalSeconds:0.0} s; the slowest took {worst.TotalMilliseconds:0.0} ms.");
    }

    /// <summary>The least of several tries, since a busy machine may hold up any one: only what is slow each time is slow.</summary>
    private static TimeSpan Took(byte[] letter, string which)
    {
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < 40 && least > Longest; i++)
        {
            var begun = Time.GetTimestamp();
            try
            {
                Check(Read(letter));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{which}: {Convert.ToBase64String(letter.AsSpan(0, Math.Min(letter.Length, 4000)))}", e);
            }
            var took = Time.GetElapsedTime(begun);
            least = took < least ? took : least;
        }
        Assert.True(least <= Longest, $"{which} takes {least.TotalMilliseconds:0} ms: {Convert.ToBase64String(letter.AsSpan(0, Math.Min(letter.Length, 4000)))}");
        return least;
    }

    private static Post Read(byte[] letter) => new TakenApart(letter).Read();

    private static void Check(Post post)
    {
        Assert.True(post.Text.Length <= 13 * (LetterText.MaxChars + 2), "the text passes its cap");
        Assert.True(post.Text.All(c => c == '\n' || (!char.IsControl(c) && !LetterMarks.Is(c))), "the text holds marks or control characters");
        Assert.True(post.Title is null or { Length: > 0 and <= 1000 } && post.Key.Id.Length is > 0 and <= 320, "title or key pass their caps");
        Assert.True((post.Between?.Count ?? 0) <= 20, "too many between");
        Assert.True((post.Author.Name?.Length ?? 0) <= 200 && (post.Author.Id?.Length ?? 0) <= 320, "the author passes its caps");
    }

    private static byte[] Broken(Random random)
    {
        var letter = new List<byte>(Letters[random.Next(Letters.Length)]);
        for (var i = random.Next(1, 8); i > 0 && letter.Count is > 0 and < LongestLetter; i--)
        {
            var (at, piece) = (random.Next(letter.Count), Encoding.Latin1.GetBytes(Pieces[random.Next(Pieces.Length)]));
            switch (random.Next(7))
            {
                case 0:
                    letter[at] = (byte)random.Next(256);
                    break;
                case 1:
                    letter.RemoveRange(at, Math.Min(letter.Count - at, random.Next(1, 64)));
                    break;
                case 2:
                    letter.InsertRange(at, letter.GetRange(at, Math.Min(letter.Count - at, random.Next(1, 400))));
                    break;
                case 3:
                    var other = Letters[random.Next(Letters.Length)];
                    var from = random.Next(other.Length);
                    letter.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 2000)).ToArray());
                    break;
                case 4:
                    letter.InsertRange(at, Enumerable.Repeat(piece, random.Next(20) == 0 ? 1500 : random.Next(1, 20)).SelectMany(b => b));
                    break;
                case 5 when random.Next(4) == 0:
                    letter.RemoveRange(at, letter.Count - at);
                    break;
                default:
                    letter.InsertRange(at, piece);
                    break;
            }
        }
        return [.. letter];
    }
}
