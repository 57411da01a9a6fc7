using ListeningBot.Channels.Mail;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>A rule or a person moves a letter in the moment between its description and its text.</summary>
public sealed class MovedLetterTests : IAsyncLifetime
{
    private const string Dovecots = "* 1 FETCH (UID 5 BODY[1]<0> NIL)\r\n* 2 FETCH (UID 6 BODY[1]<0> NIL)\r\n* 3 FETCH (UID 7 BODY[1]<0> NIL)\r\n* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n* 1 EXPUNGE\r\nTAG OK [EXPUNGEISSUED] Some messages were already expunged\r\n";
    private readonly LocalImap _server = new();
    private readonly SortedDictionary<uint, string> _inbox = [];
    private readonly SortedDictionary<uint, string> _support = [];
    private SortedDictionary<uint, string>? _open;
    private MailOptions _options = null!;
    private Cursor? _at;

    public ValueTask InitializeAsync()
    {
        _options = new MailOptions { Host = "127.0.0.1", Port = _server.Port, Security = MailSecurity.None, User = "care@acme.example", Password = "correct-horse-42", ReadSent = false };
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("TAG OK\r\n")]
    [InlineData("TAG NO [EXPUNGEISSUED] gone\r\n")]
    [InlineData(Dovecots)]
    public async Task Letters_are_heard_with_their_text_in_the_folder_that_they_were_moved_to(string answer)
    {
        _options = _options with { Folders = ["Support"] };
        await ReadAsync(Serve);
        (_inbox[5], _inbox[6], _inbox[7]) = ("It smokes", "It burns", "It leaks");

        var batches = await ReadAsync(command =>
        {
            if (!command.Contains("BODY.PEEK[1]") || _open != _inbox)
            {
                return Serve(command);
            }
            foreach (var (uid, text) in _inbox)
            {
                _support[uid] = text;
            }
            _inbox.Clear();
            _server.Letters.Clear();
            return answer;
        });

        Assert.Equal([("l5@x", "It smokes"), ("l6@x", "It burns"), ("l7@x", "It leaks")], Heard(batches));
        Assert.Empty(batches.SelectMany(batch => batch.Aside));
    }

    [Fact]
    public async Task A_letter_that_is_moved_away_and_back_is_heard_when_it_is_back()
    {
        _options = _options with { Folders = ["Support"] };
        _inbox[5] = "It smokes";
        var away = await ReadAsync(command =>
        {
            if (command.Contains("BODY.PEEK[1]"))
            {
                _inbox.Clear();
                _server.Letters.Clear();
            }
            return Serve(command);
        });
        _inbox[6] = "It smokes";
        var back = await ReadAsync(command => command.Contains("ENVELOPE") ? $"{_server.Head(6).Replace("l6@x", "l5@x", StringComparison.Ordinal)}TAG OK\r\n" : Serve(command));

        Assert.Empty(Heard(away));
        Assert.Equal([("l5@x", "It smokes")], Heard(back));
    }

    [Fact]
    public async Task A_letter_that_is_gone_for_good_holds_up_no_other_and_is_not_asked_for_again()
    {
        _options = _options with { Folders = ["Support"] };
        (_inbox[4], _inbox[5], _inbox[6]) = ("It burns", "It smokes", "It leaks");
        var batches = await ReadAsync(command =>
        {
            _ = command.Contains("BODY.PEEK[1]") && _inbox.Remove(5) && _server.Letters.Remove(5);
            return Serve(command);
        });
        var before = _server.Commands.Count;
        var after = await ReadAsync(Serve);

        Assert.Equal(["It burns", "It leaks"], Heard(batches).Select(post => post.Text));
        Assert.Empty(batches.SelectMany(batch => batch.Aside));
        Assert.Empty(Heard(after));
        Assert.DoesNotContain(_server.Commands.Skip(before), command => command.StartsWith("UID FETCH", StringComparison.Ordinal));
    }

    /// <summary>The usual mailbox: one folder is read, and a rule or a person moves what came in to another.</summary>
    [Theory]
    [InlineData("TAG OK\r\n")]
    [InlineData("TAG NO [EXPUNGEISSUED] gone\r\n")]
    [InlineData(Dovecots)]
    public async Task A_letter_that_is_moved_to_where_nothing_is_read_is_heard_by_its_subject_once_and_told(string answer)
    {
        (_server.Letters[5], _server.Letters[6], _server.Letters[7]) = ("It smokes", "It burns", "It leaks");
        var batches = await ReadAsync(command =>
        {
            if (!command.Contains("BODY.PEEK[1]"))
            {
                return null;
            }
            _server.Letters.Clear();
            return answer;
        });
        var after = await ReadAsync(_ => null);

        Assert.Equal([("l5@x", ""), ("l6@x", ""), ("l7@x", "")], Heard(batches));
        Assert.Equal(3, batches.SelectMany(batch => batch.Aside).Count(aside => aside.What.Contains("was heard without all of its text", StringComparison.Ordinal)));
        Assert.Empty(Heard(after));
    }

    [Fact]
    public async Task A_letter_that_is_gone_before_it_is_described_is_no_fault()
    {
        _server.Letters[5] = "It smokes";
        var batches = await ReadAsync(command => command.Contains("ENVELOPE") && _server.Letters.Remove(5) ? "* 1 FETCH (UID 5 ENVELOPE NIL BODYSTRUCTURE NIL)\r\nTAG OK [EXPUNGEISSUED]\r\n" : null);

        Assert.Empty(Heard(batches));
        Assert.Empty(batches.SelectMany(batch => batch.Aside));
    }

    [Theory]
    [InlineData("TAG OK\r\n")]
    [InlineData("TAG NO [SERVERBUG] oops\r\n")]
    [InlineData("* 1 FETCH (UID 5 FLAGS ())\r\nTAG OK\r\n")]
    public async Task A_letter_that_is_there_without_its_text_is_heard_by_its_subject_and_told(string answer)
    {
        (_server.Letters[4], _server.Letters[5], _server.Letters[6]) = ("It burns", "It smokes", "It leaks");
        var batches = await ReadAsync(command => !command.Contains("BODY.PEEK[1]") ? null
            : command.Contains("4:6") ? $"{Part(4)}{Part(6)}{answer}" : command.Contains("FETCH 5 ") ? answer : null);

        Assert.Equal([("l4@x", "It burns"), ("l5@x", ""), ("l6@x", "It leaks")], Heard(batches));
        Assert.Contains("uid 5", Assert.Single(batches.SelectMany(batch => batch.Aside)).What);
    }

    [Fact]
    public async Task A_letter_that_is_there_and_has_no_such_part_is_no_fault()
    {
        _server.Letters[5] = "";
        var batches = await ReadAsync(command => command.Contains("BODY.PEEK[1]") ? "* 1 FETCH (UID 5 BODY[1]<0> NIL)\r\nTAG OK\r\n" : null);

        Assert.Equal([("l5@x", "")], Heard(batches));
        Assert.Empty(batches.SelectMany(batch => batch.Aside));
    }

    private string Part(uint uid) => $"* {uid} FETCH (UID {uid} BODY[1]<0> {{{_server.Letters[uid].Length}}}\r\n{_server.Letters[uid]})\r\n";

    /// <summary>The server shows the letters of the folder that is opened.</summary>
    private string? Serve(string command)
    {
        var words = command.Split(' ');
        var named = command.Contains("Support") ? _support : _inbox;
        if (words[0] == "EXAMINE")
        {
            _open = named;
            _server.Letters.Clear();
            foreach (var (uid, text) in named)
            {
                _server.Letters[uid] = text;
            }
        }
        return words[0] == "STATUS" ? $"* STATUS {words[1]} (MESSAGES {named.Count} UIDNEXT {named.Keys.LastOrDefault() + 1} UIDVALIDITY {_server.Validity})\r\nTAG OK\r\n" : null;
    }

    private static List<(string Id, string Text)> Heard(IEnumerable<PostBatch> batches) => [.. batches.SelectMany(MailBench.Posts).Select(post => (post.Key.Id, post.Text))];

    /// <summary>Reads on while the server answers like this, until two rounds have brought nothing.</summary>
    private async Task<List<PostBatch>> ReadAsync(Func<string, string?> instead)
    {
        _server.Instead = instead;
        using var web = new WebReader(new Configuration.HttpSettings(), TimeProvider.System);
        var context = new ListeningBot.Channels.ChannelContext("inbox", web, TimeProvider.System, NullLoggerFactory.Instance, (_, _) => Task.CompletedTask);
        List<PostBatch> batches = [];
        var vain = 0;
        await foreach (var batch in new MailChannel(context, _options).ReadAsync(_at, WatchSet.Build([], Ours.Nobody), CancellationToken.None))
        {
            batches.Add(batch);
            _at = batch.Next;
            vain = batch.Count + batch.Aside.Count == 0 ? vain + 1 : 0;
            if (vain == 3)
            {
                break;
            }
        }
        return batches;
    }
}
