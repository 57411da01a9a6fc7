namespace ListeningBot.Channels.Replay;

/// <summary>How long to wait before a line, so that a replay has the rhythm of what it shows.</summary>
internal sealed class ReplayPause(ReplayOptions options)
{
    private DateTimeOffset? _last;

    public TimeSpan Before(WrittenPost line)
    {
        var gap = line.After ?? (line.Post.Posted - _last) ?? TimeSpan.Zero;
        _last = line.Post.Posted ?? _last;
        if (options.Pace <= 0 || gap <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }
        var seconds = Math.Min(gap.TotalSeconds / options.Pace, options.LongestPause.TotalSeconds);
        return TimeSpan.FromSeconds(seconds);
    }
}
