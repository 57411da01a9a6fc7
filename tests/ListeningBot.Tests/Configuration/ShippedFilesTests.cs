using ListeningBot.Cli;
using ListeningBot.Configuration;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Configuration;

/// <summary>What is shipped is right as it is.</summary>
public sealed class ShippedFilesTests
{
    private static SettingsReader Reader(ConfigurationFolder folder) => new(folder.Sources, Program.ChannelKinds, Program.NotifierKinds);

    [Fact]
    public async Task The_example_passes_check_when_it_is_copied()
    {
        using var folder = ConfigurationFolder.With(Shipped.Text("appsettings.example.json"), Shipped.Text("config/watches.yaml"));
        var output = new StringWriter();

        var exit = await CheckVerb.RunAsync(Reader(folder), online: false, new VerbPaper(output, null), TimeProvider.System, CancellationToken.None);

        Assert.Equal((Exit.Done, true), (exit, output.ToString().Contains("No channel is enabled")));
    }

    [Fact]
    public void The_example_names_every_kind_of_channel_and_nothing_is_on()
    {
        var text = Shipped.Text("appsettings.example.json");
        Assert.All(Program.ChannelKinds, kind => Assert.Contains($"\"Kind\": \"{kind.Name}\", \"Enabled\": false", text));
        Assert.DoesNotContain("\"Enabled\": true", text);
    }

    [Fact]
    public void Each_example_channel_needs_no_more_than_its_secret_when_it_is_switched_on()
    {
        using var folder = ConfigurationFolder.With(Shipped.Text("appsettings.example.json").Replace("\"Enabled\": false", "\"Enabled\": true"), Shipped.Text("config/watches.yaml"));
        Assert.Equal(
            ["Channels:forms:Secret", "Channels:inbox:Password", "Channels:x:Token", "Channels:youtube:Key", "Notifiers:discord:Token"],
            Reader(folder).Read().Problems.Select(p => p.What.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_commented_watch_of_the_starter_file_works_with_the_examples_inbox()
    {
        var watches = Shipped.Text("config/watches.yaml").Replace("  # - name: support inbox", "  - name: support inbox").Replace("  #   ", "    ");
        using var folder = ConfigurationFolder.With(Shipped.Text("appsettings.example.json"), watches);
        var reading = Reader(folder).Read();
        Assert.Empty(reading.Problems);
        Assert.Equal(["brand", "support inbox"], reading.Settings!.Watches.Select(w => w.Name));
    }

    [Fact]
    public void The_starter_file_points_editors_to_its_schema() =>
        Assert.StartsWith("# yaml-language-server: $schema=watches.schema.json\n", Shipped.Text("config/watches.yaml"));

    [Fact]
    public void The_shipped_responders_describe_nobody_and_without_their_marks_a_team()
    {
        var shipped = Shipped.Text("config/responders.yaml");
        Assert.StartsWith("# yaml-language-server: $schema=responders.schema.json\n", shipped);
        using var folder = ConfigurationFolder.With(watches: Shipped.Text("config/watches.yaml")).Write("config/responders.yaml", shipped);
        var reader = Reader(folder);
        Assert.Empty(reader.Read().Problems);
        Assert.Empty(reader.Read().Settings!.Responders.Teams);

        folder.Write("config/responders.yaml", shipped[shipped.IndexOf("# members:", StringComparison.Ordinal)..].Replace("\n# ", "\n")[2..]);

        Assert.Empty(reader.Read().Problems);
        Assert.Equal(["anna", "ben", "dora"], reader.Read().Settings!.Responders.TeamOf("care").People.Select(member => member.Id));
    }

    [Theory]
    [InlineData("my nimbusbook died again and nobody answers", true)]
    [InlineData("so proud of #nimbus today", true)]
    [InlineData("a cumulonimbus over the bay", false)]
    public void The_starter_watch_hears_the_brand(string text, bool heard)
    {
        using var folder = ConfigurationFolder.With(watches: Shipped.Text("config/watches.yaml"));
        var settings = folder.Settings();
        Assert.Equal(heard, Core.Watching.WatchSet.Build(settings.Watches, settings.Ours).Matches(System.Text.Encoding.UTF8.GetBytes(text), "bluesky"));
    }
}
