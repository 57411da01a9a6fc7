using System.CommandLine;
using ListeningBot.Channels;
using ListeningBot.Channels.AppStore;
using ListeningBot.Channels.Bluesky;
using ListeningBot.Channels.Discord;
using ListeningBot.Channels.HackerNews;
using ListeningBot.Channels.Mail;
using ListeningBot.Channels.Mastodon;
using ListeningBot.Channels.Reddit;
using ListeningBot.Channels.Replay;
using ListeningBot.Channels.Rss;
using ListeningBot.Channels.StackExchange;
using ListeningBot.Channels.Webhook;
using ListeningBot.Channels.X;
using ListeningBot.Channels.YouTube;
using ListeningBot.Cli;
using ListeningBot.Notifiers;
using ListeningBot.Notifiers.Console;
using ListeningBot.Notifiers.Discord;

return await CommandLine.RunAsync(args);

/// <summary>What this program is made of: one line for each kind and verb.</summary>
internal static partial class Program
{
    public static IReadOnlyList<ChannelKind> ChannelKinds { get; } =
    [
        AppStoreKind.Create(),
        BlueskyKind.Create(),
        DiscordChannelKind.Create(),
        HackerNewsKind.Create(),
        MailKind.Create(),
        MastodonKind.Create(),
        RedditKind.Create(),
        ReplayKind.Create(),
        RssKind.Create(),
        StackExchangeKind.Create(),
        WebhookKind.Create(),
        XKind.Create(),
        YouTubeKind.Create(),
    ];

    public static IReadOnlyList<NotifierKind> NotifierKinds { get; } =
    [
        ConsoleNotifier.Kind,
        DiscordKind.Kind,
    ];

    public static IReadOnlyList<Command> Verbs() =>
    [
        RunVerb.Create(),
        CheckVerb.Create(),
        StatusVerb.Create(),
        CasesVerb.Create(),
        DeadVerb.Create(),
        CanaryVerb.Create(),
        ConfigVerb.Create(),
        WatchesVerb.Create(),
        ExplainVerb.Create(),
        BacktestVerb.Create(),
        PrecisionVerb.Create(),
        TrainVerb.Create(),
        ReadVerb.Create(),
        GapsVerb.Create(),
        LatencyVerb.Create(),
        StorageVerb.Create(),
        HealthVerb.Create(),
        SbomVerb.Create(),
        ScoreVerb.Create(),
        EvaluateVerb.Create(),
    ];
}
