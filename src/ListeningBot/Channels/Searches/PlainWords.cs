namespace ListeningBot.Channels.Searches;

/// <summary>A service that is asked for one word or phrase at a time, which its channel quotes.</summary>
/// <param name="kind">The kind of channel.</param>
/// <param name="findsBeginnings">Whether a single word also finds what begins with it.</param>
internal sealed class PlainWords(string kind, bool findsBeginnings = false) : SearchDialect
{
    public override string Kind => kind;

    public override Ask Phrase(string text) => SearchText.Plain(text) is { Length: > 0 } plain ? new Ask.One(plain) : SearchText.Unsayable(text);

    public override Ask Beginning(string word) => findsBeginnings && word.All(char.IsLetterOrDigit) ? Phrase(word) : Ask.Anything;
}
