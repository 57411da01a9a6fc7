using System.Security.Cryptography;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels.Replay;

/// <summary>The lines, opened.</summary>
internal sealed class ReplaySource(ReplayOptions options) : IAsyncDisposable
{
    /// <summary>Of a longer first line only this is looked at.</summary>
    private const int LongestFirst = 4096;

    public Stream Stream { get; } = Open(options);

    /// <summary>
    /// Goes to where reading stopped. A file that has become shorter, or begins with another line, was replaced, and is read from its beginning. Standard input is always
    /// read on from where it is: what was heard before is known by its key.
    /// </summary>
    /// <returns>Where reading begins.</returns>
    public async Task<ReplayCursor> SkipToAsync(ReplayCursor wanted, CancellationToken ct)
    {
        if (!Stream.CanSeek || options.FromStandardInput)
        {
            return default;
        }
        var first = await FirstLineAsync(ct);
        var isReplaced = wanted.Offset > Stream.Length || (wanted.First is { } known && known != first);
        var start = (isReplaced ? default : wanted) with { First = first };
        Stream.Position = start.Offset;
        return start;
    }

    /// <summary>A hash; null while the line has no end.</summary>
    private async Task<string?> FirstLineAsync(CancellationToken ct)
    {
        var bytes = new byte[LongestFirst];

        // Where a read can't be cancelled, the wait for it can.
        var read = await Stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, CancellationToken.None).AsTask().WaitAsync(ct);
        var end = bytes.AsSpan(0, read).IndexOf((byte)'\n');
        return end < 0 && read < bytes.Length ? null : Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, end < 0 ? read : end)).AsSpan(0, 8));
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
