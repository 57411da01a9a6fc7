using ListeningBot.Configuration.Schemas;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Text;
using ListeningBot.Notifiers;

namespace ListeningBot.Configuration.Teams;

/// <summary>One entry below members:.</summary>
internal sealed class MemberEntry(MapNode map, RespondersText text)
{
    public const int LongestName = 80;
    private readonly string _what = map.ValueOf("id") is ScalarNode { Text: var id } ? "member " + Problems.Quote(id) : "a member";

    /// <param name="notifiers">The kinds in which people have accounts.</param>
    public Member? Read(IReadOnlyList<NotifierKind> notifiers)
    {
        WatchesFile.RefuseUnknownKeys(map, RespondersSchema.Member.Names, _what, text.Problems);
        var id = text.Name(map, "id", _what);
        var name = text.Text(map, "name", _what, LongestName);
        var member = new Member
        {
            Id = id,
            Name = name.Length > 0 ? name : id,
            Accounts = Accounts(map.ValueOf("accounts"), _what + ": accounts", notifiers, text),
            Languages = text.Languages(map.ValueOf("languages"), _what + ": languages"),
            Zone = map.ValueOf("zone") is null ? null : text.Zone(map, _what),
        };
        return id.Length == 0 ? null : member;
    }

    /// <summary>"discord:1234", of people and of roles.</summary>
    public static IReadOnlyList<string> Accounts(Node? node, string what, IReadOnlyList<NotifierKind> notifiers, RespondersText text)
    {
        var accounts = text.Texts(node, what);
        foreach (var account in accounts)
        {
            var parts = account.Text.Trim().Split(':', 2);
            if (parts.Length < 2 || parts[1].Length == 0 || parts[1].Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            {
                text.Problems.Add(account.Place, $"{what} has {Problems.Quote(account.Text)}, which does not say on which service", "Write service and id in quotes: \"discord:123456789012345678\".");
            }
            else if (notifiers.FirstOrDefault(kind => kind.Name == parts[0]) is not { } service)
            {
                text.Problems.Add(account.Place, $"{what} names the service {Problems.Quote(parts[0])}, which is no kind of notifier", Nearest.Cure(parts[0], [.. notifiers.Select(kind => kind.Name)], ""));
            }
            else if (service.CureOfAccount(parts[1]) is { } cure)
            {
                text.Problems.Add(account.Place, $"{what} has {Problems.Quote(account.Text)}, which is no id of {service.Name}", cure);
            }
        }
        return [.. accounts.Select(account => account.Text.Trim())];
    }
}
