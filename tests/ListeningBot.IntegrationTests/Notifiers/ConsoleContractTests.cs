using ListeningBot.Core.Alerting;
using ListeningBot.Notifiers.Console;
using Spectre.Console;

namespace ListeningBot.IntegrationTests.Notifiers;

public sealed class ConsoleContractTests : NotifierContractTests
{
    private readonly StringWriter _screen = new();

    protected override Room Room { get; } = new("care", "console", "");

    protected override INotifier Open() => new ConsoleNotifier(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_screen) }), TimeProvider.System);

    [Fact]
    public async Task No_escape_sequence_of_a_customer_reaches_the_terminal()
    {
        foreach (var card in AllCards.Select(row => row.Data))
        {
            await Open().PutAsync(Room, card, null, default);
        }

        Assert.NotEqual("", _screen.ToString());
        Assert.DoesNotContain('\u001b', _screen.ToString());
        Assert.DoesNotContain('\u202e', _screen.ToString());
    }
}
