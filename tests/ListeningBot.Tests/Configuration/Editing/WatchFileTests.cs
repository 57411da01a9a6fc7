using System.Text;
using ListeningBot.Configuration.Editing;
using ListeningBot.Core.Watching;

namespace ListeningBot.Tests.Configuration.Editing;

public sealed class WatchFileTests : IDisposable
{
    private const string Watches = """
        watches:
          - name: brand   # the main one
            find: [nimbus]   # more?
          - name: new
            shadow: true
            find: [nimbus pro]
          - name: asked
            query: 'nimbus AND
              don''t'

        """;

    private readonly ConfigurationFolder _folder = ConfigurationFolder.With(watches: Watches);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_word_is_written_into_the_file_and_its_line_told()
    {
        var changed = Change(WatchChangeKind.Add, "brand", "#nimbusdown");

        Assert.True(changed.Done, changed.Told);
        Assert.StartsWith($"Watch \"brand\" now also finds \"#nimbusdown\": {Shown}, line 3.", changed.Told, StringComparison.Ordinal);
        Assert.Equal(Watches.Replace("[nimbus]", "[nimbus, \"#nimbusdown\"]", StringComparison.Ordinal), Text);
        Assert.Single(Directory.GetFiles(Path.Combine(_folder.Root, "config")));
    }

    [Fact]
    public void The_same_word_twice_is_written_once()
    {
        Change(WatchChangeKind.Exclude, "brand", "rain");
        var again = Change(WatchChangeKind.Exclude, "brand", "rain");

        Assert.Equal((false, true), (again.Done, again.IsSo));
        Assert.Contains("has \"rain\" under exclude already. Nothing was written.", again.Told, StringComparison.Ordinal);
        Assert.Equal(["nimbus", "rain"], _folder.Reader.Read().Settings!.Watches[0] is var watch ? [.. watch.Find, .. watch.Exclude] : []);
    }

    [Fact]
    public void A_watch_on_trial_is_promoted_once()
    {
        Assert.True(Change(WatchChangeKind.Promote, "new").Done);
        Assert.False(_folder.Reader.Read().Settings!.Watches[1].Shadow);
        Assert.Equal(new WatchChanged(false, "Watch \"new\" is not on trial: there is nothing to promote.", IsSo: true), Change(WatchChangeKind.Promote, "new"));
    }

    [Fact]
    public void What_is_refused_is_not_called_done_and_a_word_that_is_found_already_is()
    {
        Assert.True(Change(WatchChangeKind.Add, "brand", "nimbus").IsSo);
        Assert.True(Change(WatchChangeKind.Remove, "brand", "rain").IsSo);
        Assert.All([Change(WatchChangeKind.Add, "asked", "gift card"), Change(WatchChangeKind.Remove, "asked", "gift card"), Change(WatchChangeKind.Promote, "gone")], changed => Assert.False(changed.Done || changed.IsSo));
        Assert.False(Change(WatchChangeKind.Exclude, "brand", "rain").IsSo);
    }

    [Fact]
    public void Of_a_query_the_new_text_is_told_and_nothing_is_written()
    {
        var changed = Change(WatchChangeKind.Add, "asked", "gift card");

        Assert.EndsWith("query: '(nimbus AND don''t) OR \"gift card\"'", changed.Told, StringComparison.Ordinal);
        Assert.Equal((false, Watches), (changed.Done, Text));
    }

    [Fact]
    public void A_word_is_taken_out_but_not_the_last_one()
    {
        Change(WatchChangeKind.Add, "brand", "x");
        Assert.True(Change(WatchChangeKind.Remove, "brand", "nimbus").Done);
        var last = Change(WatchChangeKind.Remove, "brand", "x");

        Assert.Contains("Nothing was written.", last.Told, StringComparison.Ordinal);
        Assert.Equal(Watches.Replace("[nimbus]", "[x]", StringComparison.Ordinal), Text);
    }

    [Theory]
    [InlineData("brandd", "x", "There is no watch \"brandd\". Did you mean \"brand\"?")]
    [InlineData("brand", "Nimbus", "means the same as")]
    [InlineData("brand", "?!", "Nothing was written.")]
    [InlineData("brand", "a\nb", "on one line")]
    public void What_would_be_wrong_is_refused(string watch, string word, string why)
    {
        var changed = Change(WatchChangeKind.Add, watch, word);

        Assert.Contains(why, changed.Told, StringComparison.Ordinal);
        Assert.Equal((false, Watches), (changed.Done, Text));
    }

    [Fact]
    public void A_file_with_errors_is_mended_first()
    {
        _folder.Write("config/watches.yaml", Watches + "wathces: []\n");

        Assert.StartsWith("The file can't be changed as long as it has errors: ", Change(WatchChangeKind.Add, "brand", "x").Told, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mark_at_its_beginning_stays()
    {
        _folder.Write("config/watches.yaml", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Watches)]);

        Assert.True(Change(WatchChangeKind.Add, "brand", "x").Done);
        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'w'], File.ReadAllBytes(Shown)[..4]);
    }

    [Fact]
    public void A_link_stays_a_link_and_the_file_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("no such links and modes there");
            return;
        }
        var real = Path.Combine(_folder.Root, "real.yaml");
        File.Move(Shown, real);
        File.CreateSymbolicLink(Shown, real);
        File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.True(Change(WatchChangeKind.Add, "brand", "x").Done);
        Assert.Equal(real, new FileInfo(Shown).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(real));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told_with_its_cure()
    {
        var file = new ListeningBot.Configuration.FileText("config/watches.yaml", Path.Combine(_folder.Root, "no such folder", "watches.yaml"), [], null);

        var why = WholeFile.Replace(file, [1])!;
        Assert.Contains("can't be written here", why, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed. Let the bot's account write the folder config/", why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_else_saved_at_that_very_moment_is_not_overwritten()
    {
        var file = new ListeningBot.Configuration.FileText("config/watches.yaml", Shown, [1, 2, 3], null);

        Assert.Contains("was changed by somebody else", WholeFile.Replace(file, [1]), StringComparison.Ordinal);
        Assert.Equal(Watches, Text);
    }

    private string Shown => Path.Combine(_folder.Root, "config/watches.yaml");

    private string Text => File.ReadAllText(Shown);

    private WatchChanged Change(WatchChangeKind kind, string watch, string word = "") => new WatchFile(_folder.Reader).ChangeAsync(new WatchChange(kind, watch, word)).GetAwaiter().GetResult();
}
