using ListeningBot.Configuration;

namespace ListeningBot.Tests.Configuration;

/// <summary>What an edit changed, as people read it.</summary>
public sealed class ChangeWordsTests
{
    private const string App = "{ \"Channels\": { \"blogs\": { \"Kind\": \"feed\", \"Url\": \"https://a.example/\" }, \"inbox\": { \"Kind\": \"box\", \"User\": \"me\", \"Password\": \"first-secret\" } } }";
    private const string Watches = "ours: ['@acme']\nwatches:\n  - name: brand\n    find: [nimbus, cloud]\n  - name: old\n    find: [old]\n";
    private const string Responders = "members:\n  - id: anna\n  - id: ben\nteams:\n  - name: care\n    members: [anna, ben]\n    rota:\n      - mon-fri 08:00-16:00: [anna]\n";

    [Theory]
    [InlineData("find: [nimbus, cloud]", "find: [nimbus, late]", "watch \"brand\": find with \"late\", without \"cloud\"")]
    [InlineData("find: [nimbus, cloud]", "find: [cloud, nimbus]", "watch \"brand\": find in another order")]
    [InlineData("find: [nimbus, cloud]", "find: [nimbus, cloud]\n    alert: 0.5\n    team: sales\n    shadow: true", "watch \"brand\": alert 0.35 -> 0.5, team care -> sales, on trial; room sales added")]
    [InlineData("  - name: old\n    find: [old]\n", "  - name: new\n    find: [old]\n", "watch \"old\" removed; watch \"new\" added")]
    [InlineData("ours: ['@acme']", "ours: ['@acme', '@other']", "ours with \"@other\"")]
    [InlineData("ours: ['@acme']", "# comment\nours: ['@acme']", "nothing but comments and layout")]
    public void Watches_are_told_by_name(string was, string @is, string words) => Assert.Equal(words, Words("config/watches.yaml", Watches.Replace(was, @is)));

    [Theory]
    [InlineData("members: [anna, ben]", "members: [anna, ben]\n    leads: [anna]", "team care: people changed")]
    [InlineData("16:00: [anna]", "16:00: [ben]", "team care: rota changed")]
    [InlineData("    rota", "    zone: Europe/Berlin\n    rota", "team care: hours changed")]
    [InlineData("    rota", "    targets:\n      floor: 12h\n    rota", "team care: targets changed")]
    [InlineData("    rota", "    # who is on call\n    rota", "nothing but comments and layout")]
    [InlineData("teams:", "routes:\n  - aspect: billing\n    team: care\nteams:", "routes changed")]
    public void Teams_are_told_by_what_changed(string was, string @is, string words) => Assert.Equal(words, Words("config/responders.yaml", Responders.Replace(was, @is)));

    [Fact]
    public void A_secret_is_never_told()
    {
        var words = Words("appsettings.json", App.Replace("first-secret", "second-secret"));
        Assert.Equal("channel \"inbox\": changed", words);
    }

    [Fact]
    public void A_long_list_of_changes_is_cut()
    {
        var words = Words("config/watches.yaml", "watches:\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"  - name: w{i}\n    find: [w{i}]\n")));
        Assert.EndsWith("; and 31 more", words, StringComparison.Ordinal);
    }

    private static string Words(string file, string text)
    {
        using var folder = ConfigurationFolder.With(App, Watches);
        folder.Write("config/responders.yaml", Responders);
        var old = folder.Settings();
        folder.Write(file, text);
        return ChangeWords.Of(old, Unchanged.Keep(old, folder.Settings()));
    }
}
