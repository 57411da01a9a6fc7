using System.Globalization;

namespace ListeningBot.Hosting.Cluster;

/// <summary>A machine that the ops room was told is gone.</summary>
/// <param name="Seen">Last, before it went: two machines that tell of one absence know it by that.</param>
/// <param name="Back">That was told too.</param>
internal sealed record Missed(string Name, DateTimeOffset Seen, bool Back)
{
    /// <summary>The database forgets a machine a day after it was seen; so nothing is told anew of what is forgotten here.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Whether these are news to who was told that.</summary>
    public static IReadOnlyList<Missed> Gone(IReadOnlyList<Missed> told, IEnumerable<(string Name, DateTimeOffset Seen)> gone) =>
        [.. gone.Where(one => told.All(known => known.Name != one.Name || (known.Back && known.Seen < one.Seen))).Select(one => new Missed(one.Name, one.Seen, Back: false))];

    public static IReadOnlyList<Missed> Returned(IReadOnlyList<Missed> told, IEnumerable<string> live) =>
        [.. told.Where(known => !known.Back && live.Contains(known.Name, StringComparer.Ordinal)).Select(known => known with { Back = true })];

    public static string Text(IReadOnlyList<Missed> told, IReadOnlyList<Missed> news, DateTimeOffset now) =>
        string.Join('\n', told.Where(known => now - known.Seen < Kept && news.All(one => one.Name != known.Name)).Concat(news)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Seen.ToUnixTimeMilliseconds()} {(one.Back ? "back" : "gone")} {one.Name}")));

    /// <summary>A line that can't be read is none.</summary>
    public static IReadOnlyList<Missed> Parse(string? text) =>
        [.. (text ?? "").Split('\n').Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3)
            .Select(parts => long.TryParse(parts[0], CultureInfo.InvariantCulture, out var seen) ? new Missed(parts[2], DateTimeOffset.FromUnixTimeMilliseconds(seen), parts[1] == "back") : null)
            .OfType<Missed>()];
}
