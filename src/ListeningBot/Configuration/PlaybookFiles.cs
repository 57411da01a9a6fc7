using ListeningBot.Core.Alerting;
using ListeningBot.Core.Text;

namespace ListeningBot.Configuration;

/// <summary>What managers wrote for answering, in two files.</summary>
/// <param name="replies">Null when it can't be read.</param>
/// <param name="gestures">Null when it can't be read.</param>
internal sealed class PlaybookFiles(MapNode? replies, MapNode? gestures, Problems problems)
{
    public Playbook Read() => new()
    {
        Replies = replies is null ? [] : new RepliesFile(replies, problems).Read(),
        Gestures = gestures is null ? [] : new GesturesFile(gestures, problems).Read(),
    };

    /// <summary>The text of a scalar, or null with its problem told.</summary>
    public static string? TextOf(Node node, string what, int longest, Problems problems)
    {
        if (node is not ScalarNode scalar)
        {
            problems.Add(node.Place, $"{what} is no plain text", "Put it in quotes: a text that begins with { or [, or holds a colon, needs them.");
        }
        else if (string.IsNullOrWhiteSpace(scalar.Text))
        {
            problems.Add(node.Place, $"{what} is empty", "Write what is to be said, or take the line away.");
        }
        else if (scalar.Text.Length > longest)
        {
            problems.Add(node.Place, $"{what} is longer than {longest} characters", "Say it in fewer words: people read it on a phone.");
        }
        else if (scalar.Text.Any(c => char.IsControl(c) && c != '\n'))
        {
            problems.Add(node.Place, $"{what} has a control character", "Write it anew as plain text.");
        }
        else
        {
            return scalar.Text.Trim();
        }
        return null;
    }

    /// <summary>A two-letter language, else its problem is told.</summary>
    public static void CheckLanguage(Entry entry, string where, Problems problems)
    {
        if (!Languages.IsKnown(entry.Key))
        {
            problems.Add(entry.Place, $"{where} names the language {Problems.Quote(entry.Key)}, which is not known", Languages.Cure(entry.Key));
        }
    }
}
