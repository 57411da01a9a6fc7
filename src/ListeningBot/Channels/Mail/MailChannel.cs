using System.Runtime.CompilerServices;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.Mail;

/// <summary>Folders of a mailbox, the first of which tells of new letters at once. Nothing in them is changed, and nothing but the text of letters is downloaded.</summary>
internal sealed class MailChannel(ChannelContext context, MailOptions options) : IChannel
{
    private readonly AccessTokens? _tokens = AccessTokens.For(context, options);

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var line = new MailLine(context, options with { Ours = watches.Ours }, MailCursor.Read(since), _tokens);
        while (true)
        {
            var news = false;
            while (await line.NextAsync(ct) is { } step)
            {
                news = true;
                var changes = step.Posts.Select(post => new PostChange(ChangeKind.Added, post.Key, post)).ToList();
                yield return PostBatch.OfChanges(changes, line.Cursor, step.FirstContact, aside: step.Aside, seenAt: step.SeenAt);
            }
            if (line.WasUnheard() || !news)
            {
                yield return PostBatch.Empty(line.Cursor);
            }
            await line.WaitAsync(news, ct);
        }
    }

    public static async Task<string> SignInAsync(ChannelContext context, MailOptions options, CancellationToken ct)
    {
        await using var mailbox = await Mailbox.OpenAsync(options, context.Time, AccessTokens.For(context, options), context.Unheard, ct);
        var found = new List<string>();
        var sent = new List<string>();
        foreach (var (folder, isSent) in await MailLine.FoldersAsync(mailbox, options, ct))
        {
            var state = await mailbox.ExamineAsync(folder, ct);
            found.Add($"{(found.Count == 0 ? "the folder " : "")}{Text.OneLine(folder, 100)} holds {state.Count} {(state.Count == 1 ? "message" : "messages")}");
            if (isSent)
            {
                sent.Add(Text.OneLine(folder, 100));
            }
        }
        return $"signed in to {options.Host} as {options.User}; {string.Join(", ", found)}; {(mailbox.CanPush ? "new letters are told at once" : $"it can't push, so it is asked every {MailOptions.Silence.TotalSeconds:0} seconds")}; {AnswersIn(options, sent)}";
    }

    private static string AnswersIn(MailOptions options, IReadOnlyList<string> sent) =>
        sent.Count > 0 ? $"our answers are read in {string.Join(" and ", sent)}"
        : options.ReadSent ? "it marks no folder as that of sent mail: name it in SentFolders, so that our answers are seen"
        : "our answers are not read";
}
