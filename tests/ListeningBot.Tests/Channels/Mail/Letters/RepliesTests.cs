using System.Text;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Letters;

namespace ListeningBot.Tests.Channels.Mail.Letters;

/// <summary>
/// Answers in the layouts of the wide-spread mail programs, written by hand after their ways: the customer's words stay whole, and nothing else stays.
/// In Fixtures: "# " with the program and language, the subject, the letter, and below "=" the customer's own words.
/// </summary>
public sealed class RepliesTests
{
    private sealed record Reply(string Name, string Type, string Subject, string Letter, string Own);

    private static readonly Reply[] All = [.. Read("text/plain", "plain-replies.txt"), .. Read("text/html", "html-replies.txt")];

    [Fact]
    public void The_customers_own_words_are_left_whole_and_alone()
    {
        Assert.InRange(All.Length, 80, 500);
        var results = All.Select(reply => (reply, text: Own(reply))).ToList();
        var whole = results.Count(r => r.reply.Own.Split('\n').All(r.text.Split('\n').Contains));
        var alone = results.Count(r => r.text.Split('\n').All(r.reply.Own.Split('\n').Contains));
        var wrong = results.Where(r => r.text != r.reply.Own).Select(r => $"# {r.reply.Type} {r.reply.Name}\n{r.text}").ToList();
        Assert.True(wrong.Count == 0, $"Of {All.Length}: own words whole in {whole}, nothing else in {alone}, exact in {All.Length - wrong.Count}.\n{string.Join('\n', wrong)}");
    }

    private static string Own(Reply reply) => LetterBody.Read(
        new BodyPart("1", reply.Type, new Dictionary<string, string> { ["charset"] = "utf-8" }, "8bit", 0, null, null, []), Encoding.UTF8.GetBytes(reply.Letter), reply.Subject);

    private static IEnumerable<Reply> Read(string type, string file)
    {
        var all = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Channels", "Mail", "Letters", "Fixtures", file)).TrimEnd('\n');
        foreach (var one in all.Split("\n# "))
        {
            var (name, rest) = Halves(one.TrimStart('#', ' '), "\n");
            var (subject, letter) = Halves(rest, "\n");
            var (text, own) = Halves(letter, "\n=\n");
            yield return new Reply(name, type, subject, text, own.TrimEnd('\n'));
        }
    }

    private static (string, string) Halves(string text, string by) => (text[..text.IndexOf(by, StringComparison.Ordinal)], text[(text.IndexOf(by, StringComparison.Ordinal) + by.Length)..]);
}
