using System.CommandLine;
using ListeningBot.Channels;
using ListeningBot.Cli;
using ListeningBot.Notifiers;

return await CommandLine.RunAsync(args);

/// <summary>What this program is made of: one line for each kind and verb.</summary>
internal static partial class Program
{
    public static IReadOnlyList<ChannelKind> ChannelKinds { get; } =
    [
    ];

    public static IReadOnlyList<NotifierKind> NotifierKinds { get; } =
    [
    ];

    public static IReadOnlyList<Command> Verbs() =>
    [
    ];
}
