using ListeningBot.Configuration.Schemas;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Text;

namespace ListeningBot.Configuration;

/// <summary>What managers wrote in config/replies.yaml: for each purpose and language the words for each aspect, and for any.</summary>
internal sealed class RepliesFile(MapNode root, Problems problems)
{
    public const int LongestText = 600;

    private readonly List<Reply> _replies = [];

    public IReadOnlyList<Reply> Read()
    {
        WatchesFile.RefuseUnknownKeys(root, RepliesSchema.Top.Names, "this file", problems);
        foreach (var entry in root.Entries.Where(entry => RepliesSchema.Top.Names.Contains(entry.Key, StringComparer.Ordinal)))
        {
            ReadPurpose(PurposeOf(entry.Key), entry);
        }
        return _replies;
    }

    private void ReadPurpose(ReplyPurpose purpose, Entry entry)
    {
        foreach (var language in MapOf(entry.Value, entry.Key, "Write the languages below it: en: with the words for any: below that.").Entries)
        {
            var where = $"{entry.Key}, {language.Key}";
            PlaybookFiles.CheckLanguage(language, entry.Key, problems);
            var aspects = MapOf(language.Value, where, "Write the aspects below it, any: first.");
            WatchesFile.RefuseUnknownKeys(aspects, RepliesSchema.Texts.Names, where, problems);
            foreach (var aspect in aspects.Entries)
            {
                ReadAspect(purpose, Languages.Plain(language.Key), aspect, $"{where}, {aspect.Key}");
            }
            if (language.Value is MapNode)
            {
                RequireAny(purpose, language, aspects, where);
            }
        }
    }

    private void ReadAspect(ReplyPurpose purpose, string language, Entry aspect, string where)
    {
        if (purpose != ReplyPurpose.Answer)
        {
            ReadText(new Reply(purpose, language, aspect.Key, ReplyPart.Whole, ""), aspect, where);
            return;
        }
        var parts = MapOf(aspect.Value, where, "Write its parts below it: acknowledge:, offer: and be quick:.");
        WatchesFile.RefuseUnknownKeys(parts, RepliesSchema.Answer.Names, where, problems);
        foreach (var part in parts.Entries.Where(part => RepliesSchema.Answer.Names.Contains(part.Key, StringComparer.Ordinal)))
        {
            ReadText(new Reply(purpose, language, aspect.Key, PartOf(part.Key), ""), part, $"{where}, {part.Key}");
        }
    }

    private void ReadText(Reply reply, Entry entry, string where)
    {
        if (PlaybookFiles.TextOf(entry.Value, where, LongestText, problems) is not { } text)
        {
            return;
        }
        foreach (var (what, cure) in TemplateCheck.Of(text, Drafts.AlwaysIn(reply.Purpose), Drafts.SometimesIn(reply.Purpose)))
        {
            problems.Add(entry.Value.Place, $"{where} {what}", cure);
        }
        _replies.Add(reply with { Template = text });
    }

    /// <summary>A customer whose trouble has no words of its own gets those for any, whole and in one language.</summary>
    private void RequireAny(ReplyPurpose purpose, Entry language, MapNode aspects, string where)
    {
        if (aspects.ValueOf(Playbook.AnyAspect) is not { } any)
        {
            problems.Add(language.Place, $"{where} has no words for any", "Add any: below it; it is used for all that has no words of its own.");
            return;
        }
        foreach (var part in RepliesSchema.Answer.Names.Where(part => purpose == ReplyPurpose.Answer && any is MapNode parts && parts.ValueOf(part) is null))
        {
            problems.Add(any.Place, $"{where}, any has no {part}", $"Add {part}: below any; other aspects use it when they have none of their own.");
        }
    }

    /// <summary>An empty map, with its problem told, for what is none.</summary>
    private MapNode MapOf(Node node, string where, string cure)
    {
        if (node is MapNode map)
        {
            return map;
        }
        problems.Add(node.Place, $"{where} has nothing below it that can be read", cure);
        return new MapNode(node.Place, StringComparer.Ordinal);
    }

    private static ReplyPurpose PurposeOf(string key) => key switch
    {
        "ask" => ReplyPurpose.Ask,
        "answer" => ReplyPurpose.Answer,
        "follow-up" => ReplyPurpose.FollowUp,
        _ => ReplyPurpose.Leader,
    };

    private static ReplyPart PartOf(string key) => key switch
    {
        "acknowledge" => ReplyPart.Acknowledge,
        "offer" => ReplyPart.Offer,
        _ => ReplyPart.BeQuick,
    };
}
