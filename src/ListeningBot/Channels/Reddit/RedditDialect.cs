using ListeningBot.Channels.Searches;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Channels.Reddit;

/// <summary>
/// What Reddit's search understands (reddit.com/wiki/search, and Reddit's help on its search): words and phrases in quotes, AND, OR, parentheses, "author:". It
/// looks for words in other forms too, so that NOT would rule out more than was meant, and a "site:" is of the posted link alone: both are left to the matcher.
/// </summary>
internal sealed class RedditDialect : SearchDialect
{
    public override string Kind => "reddit";

    public override Ask Phrase(string text) => SearchText.Plain(text) is { Length: > 0 } plain ? new Ask.One($"\"{plain}\"") : SearchText.Unsayable(text);

    /// <summary>It finds posts alone, which answer nothing.</summary>
    public override Ask Field(Query field) => field switch
    {
        Query.From from => SearchText.NameOn(Kind, from.Account) is not { } name ? Ask.Nothing : RedditPost.IsName(name) ? new Ask.One("author:" + name) : Ask.Anything,
        Query.IsReply or Query.Stars => Ask.Nothing,
        _ => Ask.Anything,
    };
}
