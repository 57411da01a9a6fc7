using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using ListeningBot.Cli;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Configuration;

namespace ListeningBot.Tests.Scoring;

/// <summary>The model card tells of the model that is shipped. With LISTENINGBOT_CARD=write its table of sources is written anew.</summary>
public sealed partial class ModelCardTests
{
    private const string Card = "src/ListeningBot.Core/Scoring/MODEL.md";
    private const string Begin = "<!-- sources: written by ModelCardTests -->\n";
    private const string End = "<!-- end of sources -->\n";

    [Fact]
    public void Its_version_and_sources_are_those_of_the_shipped_model()
    {
        var card = Shipped.Text(Card);
        var (from, to) = (card.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, card.IndexOf(End, StringComparison.Ordinal));
        var table = Table(Model.Shipped.Manifest);
        if (Environment.GetEnvironmentVariable("LISTENINGBOT_CARD") == "write")
        {
            File.WriteAllText(Path.Combine(Shipped.Root, Card), card[..from] + table + card[to..]);
            return;
        }
        Assert.True(card[from..to] == table, $"{Card} tells of another model than the shipped one, {Model.Shipped.Manifest.Version}. Run this test with LISTENINGBOT_CARD=write, and measure the card's figures anew.");
    }

    [Fact]
    public void It_says_where_each_public_set_comes_from()
    {
        var card = Shipped.Text(Card);
        var told = card.Remove(card.IndexOf(Begin, StringComparison.Ordinal), card.IndexOf(End, StringComparison.Ordinal) - card.IndexOf(Begin, StringComparison.Ordinal));
        var sets = Model.Shipped.Manifest.Sources.Where(source => source.Name.EndsWith(".jsonl", StringComparison.Ordinal));
        Assert.All(sets, set => Assert.Contains($"`{set.Name[..^".jsonl".Length]}`", told, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_commands_are_those_of_the_program()
    {
        var root = new RootCommand();
        Program.Verbs().ToList().ForEach(root.Subcommands.Add);
        var commands = Command().Matches(Shipped.Text(Card)).Select(match => match.Groups[1].Value).ToList();
        Assert.Contains(commands, command => command.StartsWith("train ", StringComparison.Ordinal));
        Assert.Contains(commands, command => command.StartsWith("evaluate ", StringComparison.Ordinal));
        Assert.All(commands, command => Assert.Empty(root.Parse(command).Errors));
    }

    private static string Table(Manifest manifest)
    {
        var table = new StringBuilder();
        table.Append($"Version `{manifest.Version}`, for the lexicons `{manifest.Lexicons}`.\n\n| file | texts | licence | SHA-256 |\n|---|---|---|---|\n");
        foreach (var source in manifest.Sources)
        {
            table.Append($"| {source.Name} | {source.Texts} | {source.Licence} | `{source.Sha256}` |\n");
        }
        return table.ToString();
    }

    /// <summary>`listeningbot ...`, as it stands in a table or in the text.</summary>
    [GeneratedRegex("`listeningbot ([^`]+)`")]
    private static partial Regex Command();
}
