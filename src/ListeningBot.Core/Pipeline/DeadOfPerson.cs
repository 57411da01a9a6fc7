using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>Dead letters that hold a person's words without their name: a post whose key is theirs, what was written under one of their cases.</summary>
internal static class DeadOfPerson
{
    private const int Page = 500;

    /// <summary>A shorter id may be any number in any item.</summary>
    private const int LongEnoughId = 8;

    public static IEnumerable<AsideItem> Of(IStoreView view, IReadOnlyList<Mention> mentions, IReadOnlyList<long> cases)
    {
        var keys = mentions.Select(mention => mention.Post.Key).ToHashSet();
        var ids = keys.Select(key => key.Id.Split('/')[^1]).Where(id => id.Length >= LongEnoughId).ToHashSet(StringComparer.Ordinal);
        return All(view).Where(letter => IsTheirs(view, letter, keys, ids, cases)).Select(letter => new AsideItem(letter.Id, letter.Place, $"{letter.What} {letter.Why}".Trim(), letter.Raw, letter.At));
    }

    private static bool IsTheirs(IStoreView view, DeadLetter letter, HashSet<PostKey> keys, HashSet<string> ids, IReadOnlyList<long> cases) => letter.Work switch
    {
        DeadChange change => keys.Contains(change.Key),
        DeadNote note => PressDesk.CaseUnder(view, note.Note.Under, note.Note.Thread) is { } @case && cases.Contains(@case.Id),
        DeadPress { Press.Target: { IsAboutCase: true } target } => cases.Contains(target.Subject),
        DeadCommand command => PressDesk.CaseUnder(view, command.Command.Under, command.Command.Thread) is { } @case && cases.Contains(@case.Id),
        null => ids.Any(id => letter.Raw.Contains(id, StringComparison.Ordinal)),
        _ => false,
    };

    private static IEnumerable<DeadLetter> All(IStoreView view)
    {
        for (var page = view.DeadLetters(0, Page); page.Count > 0; page = view.DeadLetters(page[^1].Id, Page))
        {
            foreach (var letter in page)
            {
                yield return letter;
            }
        }
    }
}
