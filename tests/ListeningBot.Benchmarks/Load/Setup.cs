namespace ListeningBot.Benchmarks.Load;

/// <summary>The same configuration for the program and for its rival: one feed, one watch.</summary>
internal static class Setup
{
    /// <param name="every">Between two polls; null: five minutes, the default of both.</param>
    public static void OfOurs(string folder, QuietFeed feed, TimeSpan? every = null)
    {
        var pause = every is { } given ? $", \"Every\": \"{given}\"" : "";
        Directory.CreateDirectory(Path.Combine(folder, "config"));
        File.WriteAllText(Path.Combine(folder, "appsettings.json"), $$"""
            { "Channels": { "feed": { "Kind": "rss", "Url": "{{feed.Url}}"{{pause}} } }, "Http": { "AllowPrivateHosts": ["127.0.0.1"] }, "Web": { "Listen": "http://127.0.0.1:0" } }
            """);
        File.WriteAllText(Path.Combine(folder, "config/watches.yaml"), "watches:\n  - name: acme\n    find: [acme, \"acme help\"]\n    alert: 0.2\n");
    }

    public static void OfBareHouse(string folder, QuietFeed feed, TimeSpan? every = null)
    {
        var pause = every is { } given ? $"every: {given.TotalSeconds:0}\n" : "";
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "house.yaml"), $"feed: {feed.Url}\nfind: [acme, \"acme help\"]\n{pause}");
    }
}
