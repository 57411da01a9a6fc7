using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels.Replay;

/// <summary>The lines, opened.</summary>
internal sealed class ReplaySource(ReplayOptions options) : IAsyncDisposable
{
    public Stream Stream { get; } = Open(options);

    /// <summary>
    /// Goes to where reading stopped. A file that has become shorter was replaced, and is read from its beginning. Standard input is always
    /// read on from where it is: what was heard before is known by its key.
    /// </summary>
    /// <returns>The offset where reading begins.</returns>
    public long SkipTo(ReplayCursor wanted, out ReplayCursor start)
    {
        start = Stream.CanSeek && !options.FromStandardInput && wanted.Offset <= Stream.Length ? wanted : default;
        if (start.Offset > 0)
        {
            Stream.Position = start.Offset;
        }
        return start.Offset;
    }

    public ValueTask DisposeAsync() => options.FromStandardInput ? ValueTask.CompletedTask : Stream.DisposeAsync();

    private static Stream Open(ReplayOptions options)
    {
        if (options.Source is { } source)
        {
            return source();
        }
        if (options.FromStandardInput)
        {
            return Console.OpenStandardInput();
        }
        try
        {
            return new FileStream(options.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, useAsync: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A file that is followed may be put there, or put back, by whoever writes it.
            var what = error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : Directory.Exists(options.Path) ? "it is a folder" : "it can't be opened: " + error.Message.TrimEnd('.');
            throw new ChannelException($"Can't replay \"{options.Path}\": {what}. Give the path of a file of JSON lines, seen from {Environment.CurrentDirectory}.", error) { NeedsOperator = !options.Follow };
        }
    }
}
