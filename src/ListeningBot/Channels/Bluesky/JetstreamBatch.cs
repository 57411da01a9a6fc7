using System.Globalization;
using System.Text;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Bluesky;

/// <summary>Events as posts; strings are made only for those that are asked for.</summary>
internal sealed class JetstreamBatch(string channel, JetstreamEvents events) : PostBatch
{
    public override int Count => events.Count;
    public override ChangeKind KindOf(int index) => events[index].Kind;
    public override ReadOnlySpan<byte> TextOf(int index) => events.Of(events[index].Text);
    public override bool IsReply(int index) => events[index].AnswersHash != 0 || events[index].ThreadHash != 0;
    public override ulong AnswersHash(int index) => events[index].AnswersHash;
    public override ulong ThreadHashOf(int index) => events[index].ThreadHash;
    public override ulong AuthorHashOf(int index) => JetstreamParser.HashOf(events.Of(events[index].Did));

    public override bool SpeaksTo(int index, string account) => IsOf(events.Of(events[index].Answers), account) || Quotes(events.Of(events[index].Links), account);

    public override PostKey KeyAt(int index)
    {
        ref readonly var one = ref events[index];
        return Key(one.Kind == ChangeKind.AuthorGone ? Text(one.Did) : Text(one.Did) + "/" + Text(one.Rkey));
    }

    public override Post PostAt(int index)
    {
        ref readonly var one = ref events[index];
        var (did, rkey) = (Text(one.Did), Text(one.Rkey));
        return new Post
        {
            Key = Key(did + "/" + rkey),
            Channel = channel,
            Kind = "bluesky",
            Text = Text(one.Text),
            Links = BlueskyPost.LinksOf(Text(one.Links).Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            Url = $"https://bsky.app/profile/{did}/post/{rkey}",
            Author = new Author { Id = did, Url = "https://bsky.app/profile/" + did },
            Lang = one.Lang.Length is > 0 and <= 35 ? Text(one.Lang) : null,
            Posted = TimeOf(JsonText.ToText(events.Of(one.CreatedAt))) ?? JetstreamTime.Of(one.TimeUs),
            InReplyTo = one.AnswersHash != 0 ? Key(Text(one.Answers)) : null,
            Thread = one.ThreadHash != 0 ? Key(Text(one.Thread)) : null,
        };
    }

    private static bool Quotes(ReadOnlySpan<byte> links, string account)
    {
        foreach (var line in links.Split((byte)'\n'))
        {
            if (links[line] is var link && link.StartsWith("at://"u8) && IsOf(link[5..], account))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>"did:plc:mia/3mq" is of "did:plc:mia".</summary>
    private static bool IsOf(ReadOnlySpan<byte> post, string account) => post.Length > account.Length && post[account.Length] == '/' && Ascii.EqualsIgnoreCase(post[..account.Length], account);

    private static PostKey Key(string id) => new(JetstreamParser.Namespace, id);

    private string Text(Piece piece) => Encoding.UTF8.GetString(events.Of(piece));

    private static DateTimeOffset? TimeOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
