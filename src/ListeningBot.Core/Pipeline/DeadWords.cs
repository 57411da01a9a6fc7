using ListeningBot.Core.Text;

namespace ListeningBot.Core.Pipeline;

/// <summary>Dead letters in words for operators.</summary>
public static class DeadWords
{
    private const string Cure = "See `listeningbot dead`: it shows them, has them tried again, or puts them away.";
    private const int MostPlaces = 8;
    private const int WhyLength = 200;

    /// <summary>"an item of channel inbox".</summary>
    public static string Named(DeadLetter letter) => letter.Kind switch
    {
        DeadKind.Item => $"an item of channel {letter.Place}{Which(letter)}",
        DeadKind.Card => $"the card of {letter.What.Replace(':', ' ')} in room {letter.Place}",
        DeadKind.Ping => $"a ping beside the card of {letter.What.Replace(':', ' ')} in room {letter.Place}",
        DeadKind.Lookup => $"who wrote {letter.What}",
        DeadKind.Press => $"a press ({letter.What})",
        DeadKind.Command => $"the command {letter.What}",
        DeadKind.Note => $"a note{Which(letter)}",
        DeadKind.Row => $"the stored {letter.What}",
        _ => $"{letter.Tries} items{(letter.Place.Length == 0 ? "" : $" of {letter.Place}")}, dropped unseen",
    };

    /// <summary>So that the word may stay in a room: an item's key often tells whose it is, and no erasure finds it there.</summary>
    private static string Shown(DeadLetter letter) => letter is { Kind: DeadKind.Item, What.Length: > 0 } ? Named(letter with { What = $"number {letter.Id}" }) : Named(letter);

    /// <summary>One word for all: the one with its reason, or how many of what.</summary>
    public static string Told(IReadOnlyList<DeadLetter> letters)
    {
        if (letters is [var one])
        {
            return $"Could not be dealt with: {Shown(one)}: {one.Why.Cut(WhyLength).TrimEnd('.')}. {Cure}";
        }
        var groups = letters.GroupBy(letter => (letter.Kind, letter.Place)).ToList();
        var told = groups.Take(MostPlaces).Select(group => Many(group.Key.Kind, group.Key.Place, [.. group]));
        var more = groups.Count > MostPlaces ? $"; and more of {groups.Count - MostPlaces} others" : "";
        return $"{letters.Count} things could not be dealt with: {string.Join("; ", told)}{more}. {Cure}";
    }

    private static string Many(DeadKind kind, string place, IReadOnlyList<DeadLetter> letters) => letters.Count == 1
        ? $"{Shown(letters[0])}: {letters[0].Why.Cut(WhyLength).TrimEnd('.')}"
        : $"{letters.Count} {Plural(kind)}{(place.Length == 0 ? "" : $" of {place}")}, the last: {letters[^1].Why.Cut(WhyLength).TrimEnd('.')}";

    private static string Plural(DeadKind kind) => kind switch
    {
        DeadKind.Lookup => "authors that were looked up",
        DeadKind.Press => "presses",
        DeadKind.Row => "stored rows",
        _ => $"{kind.ToString().ToLowerInvariant()}s",
    };

    private static string Which(DeadLetter letter) => letter.What.Length == 0 ? "" : $" ({letter.What})";
}
