using System.Text.RegularExpressions;
using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Another's letter that this one passes on ("Fwd:").</summary>
/// <param name="Writers">Who wrote what is passed on, the latest first; empty where it does not say.</param>
internal sealed partial record PassedLetter(IReadOnlyList<MailAddress> Writers)
{
    /// <summary>Conversations are passed on whole; what stands further below is not looked at.</summary>
    private const int MostWriters = 20;

    /// <summary>Null when the letter passes none on. An answer may hold one, and still is an answer.</summary>
    /// <param name="text">As <see cref="LetterText.Own"/> left it: what is passed on stands there still.</param>
    public static PassedLetter? Of(string subject, string text)
    {
        var isForward = LetterText.IsForward(subject);
        if (!isForward && LetterText.IsAnswer(subject))
        {
            return null;
        }
        var passed = QuotedHistory.Cut(text.Split('\n'), isForward).Passed;
        return isForward || passed.Count > 0 ? new PassedLetter([.. WritersOf(passed).Take(MostWriters)]) : null;
    }

    private static IEnumerable<MailAddress> WritersOf(List<string> passed)
    {
        // Some programs set what is passed on in quotes, its head too.
        var lines = passed.ConvertAll(line => line.TrimStart('>', ' '));
        var header = new LetterHeader(lines);
        for (var i = 0; i < lines.Count; i++)
        {
            var said = header.From(i) ?? (Attribution.At(passed, i) is { } above ? string.Join(' ', passed.Skip(i).Take(above.After - i)) : null);
            if (said is not null && Address().Match(said.Length > 400 ? said[..400] : said) is { Success: true } match)
            {
                var name = header.From(i) is { } from && match.Index <= from.Length ? from[..match.Index].Trim(' ', '"', '\'', '*', '<', '[', '(') : "";
                yield return new MailAddress(name.Length == 0 || name.Contains('@', StringComparison.Ordinal) ? null : name, match.Groups["address"].Value.ToLowerInvariant());
            }
        }
    }

    [GeneratedRegex(@"(\[?mailto:)?(?<address>[^\s<>\[\]():;,""'*|]{1,64}@[^\s<>\[\]():;,""'*|]{1,250}\.[^\s<>\[\]():;,""'*|.]{2,60})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Address();
}
