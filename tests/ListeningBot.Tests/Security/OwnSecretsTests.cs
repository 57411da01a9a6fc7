using System.Reflection;
using System.Text;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Configuration;
using ListeningBot.Tests.Support;
using static ListeningBot.Tests.Configuration.ConfigNodes;

namespace ListeningBot.Tests.Security;

/// <summary>What somebody wrote into appsettings.json as a secret stays on that machine: never in the store, never in a hash.</summary>
public sealed class OwnSecretsTests : IAsyncDisposable
{
    private const string Canary = "canary-7f3a91c2";
    private readonly ConfigNodes _nodes = new();

    private static string App(string password) => $$"""
        {
          // ours
          "Channels": {
            "inbox": { "Kind": "box", "User": "me", "password": "{{password}}" },
            "blogs": { "Kind": "feed", "Url": "https://mia:{{password}}@a.example/feed?x=1" },
          },
        }
        """;

    [Fact]
    public void Every_secret_option_has_a_name_that_is_taken_out_and_no_other_option_has_one()
    {
        var options = typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).ToList();
        var secret = options.Where(option => option.IsDefined(typeof(SecretAttribute))).ToList();

        Assert.Equal(OwnSecrets.Names.Order(StringComparer.Ordinal), secret.Select(option => option.Name).Distinct().Order(StringComparer.Ordinal));
        foreach (var kind in Program.ChannelKinds.Select(kind => kind.OptionsType).Concat(Program.NotifierKinds.Select(kind => kind.OptionsType)))
        {
            Assert.All(OptionsShape.KeysOf(kind), option => Assert.Equal(OwnSecrets.Names.Contains(option.Name), option.IsDefined(typeof(SecretAttribute))));
        }
    }

    [Fact]
    public void No_record_with_a_secret_prints_it()
    {
        var records = typeof(Program).Assembly.GetTypes().Where(type => type.GetProperties().Any(option => option.IsDefined(typeof(SecretAttribute)))).ToList();
        Assert.InRange(records.Count, 10, 1000);
        foreach (var record in records)
        {
            var options = Activator.CreateInstance(record, nonPublic: true)!;
            foreach (var secret in record.GetProperties().Where(option => option.IsDefined(typeof(SecretAttribute))))
            {
                secret.SetValue(options, Canary);
            }
            Assert.False(options.ToString()!.Contains(Canary, StringComparison.Ordinal), $"{record.Name} prints its secret.");
        }
        Assert.DoesNotContain(Canary, new Given("LISTENINGBOT__A", ["A"], Canary).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("\uFEFF{\"Token\":\"abcd\"}", "\uFEFF{\"Token\":\"(stays on each machine)\"}")]
    [InlineData("{\"a\":{\"TOKEN\" : \"ab\\\"cd\" /* mine */, \"b\":1}}", "{\"a\":{\"TOKEN\" : \"(stays on each machine)\" /* mine */, \"b\":1}}")]
    [InlineData("{\"Token\":\"\", \"Key\":null}", "{\"Token\":\"\", \"Key\":null}")]
    [InlineData("{\"Password\":1234567}", "{\"Password\":\"(stays on each machine)\"}")]
    [InlineData("{\"Urls\":[\"https://u:p@a.example:8/x@y\",\"https://a.example/x@y\"]}", "{\"Urls\":[\"https://(stays on each machine)@a.example:8/x@y\",\"https://a.example/x@y\"]}")]
    [InlineData("{\"Tokens\":\"abcd\", \"Secretive\":\"abcd\"}", "{\"Tokens\":\"abcd\", \"Secretive\":\"abcd\"}")]
    public void Secrets_are_taken_out_and_come_back_and_all_else_stays_to_the_byte(string file, string kept)
    {
        var bytes = Encoding.UTF8.GetBytes(file);
        var without = OwnSecrets.TakenOut(bytes)!;

        Assert.Equal(kept, Encoding.UTF8.GetString(without));
        Assert.Equal(without, OwnSecrets.TakenOut(without));
        Assert.Equal(Plain(bytes), Plain(OwnSecrets.PutIn(without, bytes)));
        Assert.DoesNotContain("stays on", Encoding.UTF8.GetString(OwnSecrets.PutIn(without, null)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_in_place_of_a_secret_is_taken_out_whole() =>
        Assert.Equal("{\"Token\":\"(stays on each machine)\", \"c\":2,}"u8, OwnSecrets.TakenOut("{\"Token\":[\"abcd\",{\"b\":1}], \"c\":2,}"u8.ToArray())!);

    [Theory]
    [InlineData("{\"Token\":\"ab\\ud800\"}")]
    [InlineData("{\"Token\":\"abcd\"")]
    [InlineData("Token: abcd")]
    [InlineData("")]
    public void What_is_no_json_is_not_kept_at_all(string file) => Assert.Null(OwnSecrets.TakenOut(Encoding.UTF8.GetBytes(file)));

    [Fact]
    public async Task The_store_keeps_the_file_without_them()
    {
        var node = await _nodes.Add(Watch("nimbus"), App(Canary)).StartAsync();
        Assert.Equal(Canary, PasswordOf(node));
        _nodes.Guard = (_, _) => new Objection([new TeamObjection("default", [], 1, 1, 1, false)], "nothing");
        await node.WriteAsync(Watch("held"));
        await _nodes.PassAsync();

        Assert.Equal((1, HeldStanding.Held), await _nodes.Store.ReadAsync(view => view.LatestHeld()));
        AssertNoneIn(Encoding.UTF8.GetBytes((await _nodes.Store.ReadAsync(view => view.ConfigOf(1)))!.Files + (await _nodes.Store.ReadAsync(view => view.HeldChangeOf(1)))!.Wanted.Files));
        await node.StopAsync();
        await _nodes.Store.CloseAsync();
        foreach (var file in Directory.EnumerateFiles(_nodes.Store.Folder, "*", SearchOption.AllDirectories))
        {
            AssertNoneIn(await File.ReadAllBytesAsync(file));
        }
    }

    [Fact]
    public async Task A_changed_secret_is_live_on_its_machine_alone_and_is_no_version()
    {
        var (first, second) = (await _nodes.Add(Watch("nimbus"), App("first")).StartAsync(), await _nodes.Add(Watch("nimbus"), App("second")).StartAsync());
        Assert.Equal(("first", "second"), (PasswordOf(first), PasswordOf(second)));
        Assert.Single(await _nodes.HistoryAsync());

        first.Folder.Write("appsettings.json", App("changed"));
        await _nodes.PassAsync();
        Assert.Equal(("changed", "second"), (PasswordOf(first), PasswordOf(second)));
        Assert.Single(await _nodes.HistoryAsync());

        await second.WriteAsync(Watch("acme"));
        await _nodes.PassAsync();
        Assert.Equal(("changed", "second"), (PasswordOf(first), PasswordOf(second)));
        Assert.Equal("https://mia:changed@a.example/feed?x=1", first.Settings.Channels.Select(channel => channel.Options).OfType<FeedOptions>().Single().Url);
        Assert.Equal("acme", first.Settings.Watches[0].Find[0]);
        Assert.Equal(2, (await _nodes.HistoryAsync()).Count);
    }

    /// <summary>Programs before kept the file whole.</summary>
    [Fact]
    public async Task What_was_kept_before_loses_its_secrets_at_the_next_start_and_operators_are_told_to_change_them()
    {
        var node = _nodes.Add(Watch("nimbus"), App(Canary));
        var files = System.Text.Json.JsonSerializer.Serialize(node.Folder.Read().Texts.Files.ToDictionary(file => file.Name, file => file.Bytes));
        await _nodes.Store.Store.WriteAsync(tx =>
        {
            var old = new ConfigVersion(0, ManualClock.Start, "a file edit", "watches", "OLDHASH", files);
            tx.AddConfig(old);
            tx.AddConfig(old with { Hash = "OLDER" });
            tx.SawFiles(node.Folder.Reader.Node, "OLDER", ManualClock.Start);
            tx.AddHeldChange(new HeldChange { Wanted = old, Base = 1, Why = new Objection([], "nothing"), Standing = HeldStanding.Discarded });
            tx.KeepDocument("configuration", files, ManualClock.Start);
            return 0;
        });

        await node.StartAsync();

        Assert.Equal(Canary, PasswordOf(node));
        Assert.Equal(2, (await _nodes.HistoryAsync()).Count);
        var kept = await _nodes.Store.ReadAsync(view => view.ConfigOf(1)!.Files + view.ConfigOf(2)!.Files + view.HeldChangeOf(1)!.Wanted.Files + view.Document("configuration"));
        AssertNoneIn(Encoding.UTF8.GetBytes(kept));
        Assert.Contains("change these secrets", Assert.Single(await _nodes.NoticesAsync()), StringComparison.Ordinal);
        await node.StopAsync();
        await node.StartAsync();
        Assert.Single(await _nodes.NoticesAsync());
    }

    private static string PasswordOf(ConfigNode node) => node.Settings.Channels.Select(channel => channel.Options).OfType<BoxOptions>().Single().Password;

    /// <summary>In any of the three ways that base64 can begin, too.</summary>
    private static void AssertNoneIn(byte[] bytes)
    {
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Canary)) < 0, "The secret stands there.");
        for (var shift = 0; shift < 3; shift++)
        {
            var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', shift) + Canary));
            Assert.True(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(encoded[(shift == 0 ? 0 : 4)..^4])) < 0, "The secret stands there in base64.");
        }
    }

    private static string Plain(byte[] json) => JsonTree.Read(Encoding.UTF8.GetString(json).TrimStart('\uFEFF'), "a", new Problems()) is { } tree ? Section.Fingerprint(tree) : "none";

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();
}
