using System.Runtime.CompilerServices;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mail;

/// <summary>One folder of a mailbox, looked into from time to time. Nothing in it is changed, and nothing but the text of letters is downloaded.</summary>
internal sealed class MailChannel(ChannelContext context, MailOptions options) : IChannel
{
    /// <summary>A letter that breaks the connection so often is to blame, if the one after it does not.</summary>
    private const int MaxBreaks = 3;
    private readonly ILogger _log = context.Logs.CreateLogger<MailChannel>();

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var line = new Line();
        var at = MailCursor.Read(since, MailCursor.FolderHash(options));
        while (true)
        {
            var step = await StepAsync(line, at, ct);
            at = step.Next;
            yield return step.Batch;
            if (!step.More)
            {
                await context.NextPoll(options.Every, ct);
            }
        }
    }

    public static async Task<string> SignInAsync(ChannelContext context, MailOptions options, CancellationToken ct)
    {
        await using var mailbox = await Mailbox.OpenAsync(options, context.Time, ct);
        var folder = await mailbox.ExamineAsync(ct);
        return $"signed in to {options.Host} as {options.User}; the folder {options.Folder} holds {folder.Count} {(folder.Count == 1 ? "message" : "messages")}";
    }

    /// <summary>
    /// One step of reading. A line that broke since the last step is opened again at once; one that breaks while letters are read is opened
    /// again to read them one by one, so that a letter on which the server stumbles is found and passed over.
    /// </summary>
    private async Task<FolderStep> StepAsync(Line line, MailCursor? at, CancellationToken ct)
    {
        while (true)
        {
            var isFresh = line.Reader is null;
            var reader = line.Reader ??= await OpenAsync(line, ct);
            try
            {
                var step = await reader.NextAsync(at, line.Letters, line.PassOver, ct);
                line.Passed(step.Next.Uid);
                return step;
            }
            catch (LostLineException) when (!isFresh || reader.Current.Count > 0)
            {
                _log.LineLost(context.Name);
                await line.BrokeAsync(reader.Current);
                if (line.Breaks > MaxBreaks)
                {
                    throw;
                }
            }
            catch
            {
                await line.CloseAsync();
                throw;
            }
        }
    }

    private async Task<FolderReader> OpenAsync(Line line, CancellationToken ct)
    {
        line.Mailbox = await Mailbox.OpenAsync(options, context.Time, ct);
        return new FolderReader(line.Mailbox, options, context, _log);
    }

    /// <summary>The connection, and what is known of letters that broke it.</summary>
    private sealed class Line : IAsyncDisposable
    {
        private uint _carefulUntil;
        private uint _suspect;

        public Mailbox? Mailbox { get; set; }
        public FolderReader? Reader { get; set; }
        public int Breaks { get; private set; }

        /// <summary>One by one while a letter is suspected; with the letter after it once it is to be passed over.</summary>
        public int Letters => _carefulUntil == 0 ? FolderReader.LettersAStep : PassOver is null ? 1 : 2;
        public uint? PassOver => Breaks >= MaxBreaks ? _suspect : null;

        public async ValueTask BrokeAsync(IReadOnlyList<uint> during)
        {
            await CloseAsync();
            if (during.Count == 0)
            {
                return;
            }
            Breaks = during[0] == _suspect ? Breaks + 1 : 1;
            _suspect = during[0];
            _carefulUntil = Math.Max(_carefulUntil, during[^1]);
        }

        /// <summary>Once past the letters that were being read when the line broke, all is well.</summary>
        public void Passed(uint uid)
        {
            if (uid >= _carefulUntil)
            {
                (_carefulUntil, _suspect, Breaks) = (0, 0, 0);
            }
        }

        public async ValueTask CloseAsync()
        {
            Reader = null;
            if (Mailbox is { } open)
            {
                Mailbox = null;
                await open.DisposeAsync();
            }
        }

        public ValueTask DisposeAsync() => CloseAsync();
    }
}
