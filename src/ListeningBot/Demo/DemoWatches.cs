using ListeningBot.Core.Watching;

namespace ListeningBot.Demo;

/// <summary>What Nimbus Computers listens for in the demo.</summary>
public static class DemoWatches
{
    private const string Team = "care";

    public static IReadOnlyList<Watch> All { get; } =
    [
        new()
        {
            Name = "letters and reviews",
            Team = Team,
            Everything = true,
            Channels = ["inbox", "reviews"],
        },
        new()
        {
            Name = "nimbus",
            Team = Team,
            Find = ["nimbus", "nimbusbook", "nimbusbooks", "nimbus fibre", "nimbuscares"],
            // The other senses of the word: weather, flying brooms, halos.
            Exclude = ["cumulonimbus", "nimbostratus", "nimbus cloud", "nimbus front", "broom", "broomtok", "saint", "halo"],
        },
    ];

    public static Ours Ours { get; } = new(["@nimbuscares", "*@nimbus.example"]);
}
