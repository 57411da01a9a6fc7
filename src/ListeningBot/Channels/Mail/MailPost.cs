using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Letters;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Mail;

/// <summary>A letter as a post.</summary>
internal sealed class MailPost(string channel, MailOptions options)
{
    /// <summary>Enough to find the customer's own letter behind a few of ours that never came here.</summary>
    private const int MostBetween = 20;
    private readonly string _namespace = "mail:" + channel;
    private readonly string? _ownDomain = options.User.Split('@') is [_, var domain] ? domain.ToLowerInvariant() : null;

    /// <param name="text">What the writer says, without history and signature.</param>
    /// <param name="isSent">It lies in a folder of sent mail: we wrote it.</param>
    public Post Of(MailHead head, uint validity, string text, bool isSent = false)
    {
        var answered = MessageIds.First(head.InReplyTo) ?? MessageIds.First(head.Fields["In-Reply-To"]) ?? MessageIds.Last(head.Fields["References"]);
        var thread = MessageIds.First(head.Fields["References"]) ?? answered;
        var between = MessageIds.Between(head.Fields["References"], MostBetween);
        var form = isSent ? LetterForm.None : FormOf(head);
        var isOurs = isSent || (form == LetterForm.None && head.From is { } from && IsOurs(from));
        var key = Key(MessageIds.First(head.MessageId) ?? $"{validity}.{head.Uid}");
        var passed = isOurs ? PassedLetter.Of(head.Subject, text) : null;
        var answersNobody = isOurs && AnswersNobody(head, passed);
        var isAutomatic = AutomaticMail.Is(head, _ownDomain, text, form);
        return new Post
        {
            Key = key,
            Channel = channel,
            Kind = "mail",
            Title = head.Subject.Length == 0 ? null : head.Subject,
            Text = text,
            Author = answersNobody && !isSent && passed is not null && WriterOf(passed, head.From!, key) is { } writer ? writer : AuthorOf(LetterAuthor.Of(head, form), isAutomatic ? null : key),
            Posted = PostedAt(head),
            InReplyTo = answered is null ? null : Key(answered),
            Thread = thread is null ? null : Key(thread),
            Between = between.Count == 0 ? null : [.. between.Select(Key)],
            Automatic = isAutomatic,
            Private = true,
            ByUs = isSent,
            AnswersNobody = answersNobody,
        };
    }

    /// <summary>Of a letter of ours. Where it names no recipient (all unseen, and no more told) it is believed to be an answer.</summary>
    private bool AnswersNobody(MailHead head, PassedLetter? passed)
    {
        var others = head.Recipients.Where(to => !IsOurs(to)).ToList();
        // Sent back to who wrote it, what is passed on is an answer after all.
        return passed is null ? head.Recipients.Count > 0 && others.Count == 0 : !others.Exists(to => passed.Writers.Any(writer => writer.Address == to.Address));
    }

    /// <summary>Whose words a colleague passes on to us: a customer's, as far as it says no other; null when they are all our own. One who is not named is told from others by the letter.</summary>
    private Author? WriterOf(PassedLetter passed, MailAddress colleague, PostKey letter) =>
        passed.Writers.FirstOrDefault(writer => !IsOurs(writer)) is { } customer ? AuthorOf(customer, letter)
        : passed.Writers.Count == 0 ? new Author { Id = letter.Id + " passed on", Name = $"unknown, forwarded by {colleague.Name ?? colleague.Address}" }
        : null;

    private LetterForm FormOf(MailHead head) => LetterAuthor.FormOf(head, _ownDomain, IsOurs);

    private bool IsOurs(MailAddress address) => options.Ours.Has("mail", address.Address, null) || address.Address.Equals(options.User, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same for the same letter under any uid: by its Message-ID, who wrote it and when, since some forms send all letters under one id; else also by when it came and what it is about.</summary>
    public ulong HashOf(MailHead head)
    {
        var author = LetterAuthor.Of(head, FormOf(head))?.Address;
        return ThreadHash.Of(Key(MessageIds.First(head.MessageId) is { } id ? $"{id}\n{author}\n{head.Written:O}" : $"{author}\n{head.Written:O}\n{head.Received:O}\n{head.Subject}"));
    }

    /// <summary>When it was written; where the sender's clock is wrong by more than a month (a form on a router without a battery writes of 2000), when it arrived.</summary>
    private static DateTimeOffset? PostedAt(MailHead head)
    {
        var written = head.Written ?? head.Received;
        return head.Delivered is { } delivered && (delivered - written)?.Duration() > PostTime.LongestAgo ? delivered : written;
    }

    private PostKey Key(string id) => new(_namespace, id);

    /// <summary>Whom an address of nobody's sends for is not known: each letter has an author of its own there, or all customers of a service were one. The address stays the handle, which watches and silences ask for.</summary>
    /// <param name="letter">Null when a machine wrote it.</param>
    private Author AuthorOf(MailAddress? from, PostKey? letter) => from is null
        ? Author.Unknown
        : new Author { Id = letter is { } key && LetterAuthor.IsNobody(from, _ownDomain) ? $"{key.Id} {from.Address}" : from.Address, Handle = from.Address, Name = from.Name };
}
