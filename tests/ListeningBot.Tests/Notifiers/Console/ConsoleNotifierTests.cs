using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Notifiers.Console;
using ListeningBot.Tests.Support;
using Spectre.Console;

namespace ListeningBot.Tests.Notifiers.Console;

public sealed class ConsoleNotifierTests
{
    private const string Nasty = "Ana\u001b[2J\n\u202Egone";

    [Fact]
    public async Task Nothing_that_others_wrote_commands_the_terminal_or_breaks_the_line()
    {
        using var written = new StringWriter();
        var notifier = new ConsoleNotifier(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written) }), new ManualClock());
        var room = new Room("care", "console", "");
        var first = new Mention
        {
            Id = 1,
            Post = Some.Post(Nasty) with { Author = new Author { Name = Nasty } },
            Posted = ManualClock.Start,
            FirstSeen = ManualClock.Start,
            Assessment = Some.Assessment(),
            Watches = ["acme"],
            Teams = ["care"],
            Standing = Standing.Case,
        };
        var @case = Case.Open(new Opened(1, 1, first.Assessment.Priority, ["care"], first.Posted, first.FirstSeen));
        var answered = @case with { AnsweredBy = Nasty, AnsweredAt = ManualClock.Start };
        var known = new MessageRef("case:1");

        foreach (var shown in new[] { @case, answered, answered with { State = CaseState.Claimed, Owner = new Responder("discord:1", Nasty) } })
        {
            await notifier.PutAsync(room, CardWriter.Write(shown, new CaseFacts(first), new CardKey("case:1", "care")), shown == @case ? null : known, CancellationToken.None);
        }

        Assert.DoesNotContain('\u001b', written.ToString());
        Assert.DoesNotContain('\u202E', written.ToString());
        Assert.Equal(2, written.ToString().Split('\n').Count(line => line.StartsWith("  · ", StringComparison.Ordinal)));
        Assert.DoesNotContain(written.ToString().Split('\n'), line => line.StartsWith("gone", StringComparison.Ordinal));
    }
}
