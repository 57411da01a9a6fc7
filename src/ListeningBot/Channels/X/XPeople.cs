namespace ListeningBot.Channels.X;

/// <summary>Who wrote a post, as far as it is known without paying for it.</summary>
internal static class XPeople
{
    public static XPerson? Known(XItem item, XPage page, string? accountId, XOptions options) =>
        item.AuthorId is null ? null
        : page.People.TryGetValue(item.AuthorId, out var person) ? person
        : item.AuthorId == accountId && options.Handle is { } handle ? new XPerson(item.AuthorId, handle, null, null)
        : null;
}
