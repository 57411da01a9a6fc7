using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using Spectre.Console;

namespace ListeningBot.Notifiers.Console;

/// <summary>The console has nothing to set.</summary>
public sealed record ConsoleOptions;

/// <summary>Shows cards on stdout: framed and coloured on a terminal, plain text in a pipe. It hears no presses.</summary>
public sealed class ConsoleNotifier(IAnsiConsole console, TimeProvider time) : INotifier
{
    public static NotifierKind Kind { get; } = new NotifierKind<ConsoleOptions>(
        "console",
        validate: (_, _) => [],
        create: (context, _) => new ConsoleNotifier(AnsiConsole.Console, context.Time),
        tryOut: (_, _, _) => Task.FromResult("cards are written to the standard output"));

    private readonly Lock _gate = new();

    /// <summary>The priority that was shown last, of cases that have not ended.</summary>
    private readonly Dictionary<CardKey, Priority> _shown = [];

    /// <summary>The cases that were printed, of groups in which somebody still waits.</summary>
    private readonly Dictionary<CardKey, HashSet<long>> _grouped = [];

    /// <summary>Where a card stands that was shown here, and nowhere else.</summary>
    public static MessageRef Printed(CardKey card) => new(card.Subject);

    public Task<Delivery> PutAsync(Room room, Card card, MessageRef? known, CancellationToken ct)
    {
        lock (_gate)
        {
            switch (card)
            {
                case CaseCard @case when known is null:
                    Frame(ConsoleCards.Lines(@case, time.GetUtcNow()), Colour(@case.Priority), room);
                    break;
                case CaseCard @case:
                    Plain($"case {@case.CaseId} changed: {Change(@case, _shown.TryGetValue(@case.Key, out var before) && before != @case.Priority)}");
                    break;
                case GroupCard group when known is null:
                    Frame(ConsoleCards.Lines(group, time.GetUtcNow()), Colour(group.Highest), room);
                    break;
                case GroupCard group:
                    Plain($"{ConsoleCards.Head(group)} now, {group.Unclaimed} without an owner or an answer");
                    PrintNew(group);
                    break;
                case DigestCard digest:
                    Frame(ConsoleCards.Lines(digest), Color.Blue, room);
                    break;
                case TrayCard tray:
                    Frame(ConsoleCards.Lines(tray), Color.Grey, room);
                    break;
                case NoticeCard notice:
                    Frame(ConsoleCards.Lines(notice), notice.Good ? Color.Green : Color.Yellow, room);
                    break;
            }
            Note(card);
        }
        return Task.FromResult<Delivery>(new Delivery.Delivered(Printed(card.Key)));
    }

    /// <summary>What was printed before can't be looked up.</summary>
    public Task<MessageRef?> FindAsync(Room room, Card card, DateTimeOffset since, CancellationToken ct) => Task.FromResult<MessageRef?>(null);

    public Task<MessageRef?> FindPingAsync(Room room, Ping ping, IReadOnlyList<MessageRef> others, DateTimeOffset since, CancellationToken ct) => Task.FromResult<MessageRef?>(null);

    public Task<Delivery> PingAsync(Room room, Ping ping, CancellationToken ct)
    {
        lock (_gate)
        {
            Plain($"{ping.Key.Subject.Replace(':', ' ')}: {ping.Text}");
        }
        return Task.FromResult<Delivery>(new Delivery.Delivered(new MessageRef($"ping {ping.Id}")));
    }

    public Task<Delivery> WithdrawAsync(Room room, MessageRef message, CancellationToken ct) =>
        Task.FromResult<Delivery>(new Delivery.Delivered(message));

    public Task HearAsync(IDesk desk, Action<string?> told, CancellationToken ct)
    {
        told(null);
        return Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
    }

    private void Frame(IReadOnlyList<string> lines, Color colour, Room room)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            foreach (var line in lines)
            {
                console.Profile.Out.Writer.WriteLine(line);
            }
            console.Profile.Out.Writer.WriteLine();
            console.Profile.Out.Writer.Flush();
            return;
        }
        var body = new Rows(lines.Skip(1).DefaultIfEmpty(lines[0]).Select(line => new Text(line)));
        var header = lines.Count > 1 ? lines[0] : room.Name;
        console.Write(new Panel(body) { Header = new PanelHeader(header.EscapeMarkup()), Border = BoxBorder.Rounded, BorderStyle = new Style(colour), Expand = true });
    }

    private void Plain(string line)
    {
        console.Profile.Out.Writer.WriteLine("  · " + ConsoleCards.Clean(line));
        console.Profile.Out.Writer.Flush();
    }

    /// <summary>What was printed can't be changed: who joins a group later is printed below it.</summary>
    private void PrintNew(GroupCard group)
    {
        var news = ConsoleCards.NewIn(group, _grouped.GetValueOrDefault(group.Key) ?? []).ToList();
        foreach (var line in news)
        {
            Plain(line);
        }
        if (news.Count > 0 && group.Unclaimed > news.Count)
        {
            Plain(ConsoleCards.AllOf(group));
        }
    }

    private void Note(Card card)
    {
        if (card is GroupCard { Unclaimed: > 0 } group)
        {
            _grouped[card.Key] = [.. _grouped.GetValueOrDefault(card.Key) ?? [], .. ConsoleCards.NumbersIn(group)];
        }
        else
        {
            _grouped.Remove(card.Key);
        }
        if (card is CaseCard { HasEnded: false } open)
        {
            _shown[card.Key] = open.Priority;
        }
        else
        {
            _shown.Remove(card.Key);
        }
    }

    /// <param name="isOtherPriority">Than was shown before: a case that stays critical did not become it now.</param>
    private static string Change(CaseCard card, bool isOtherPriority) => card switch
    {
        { Erased: true } => "erased at the customer's wish",
        { Deleted: true } => "the post was deleted",
        { HasEnded: true } => $"{ConsoleCards.State(card)}{(card.Outcome is { } outcome ? $" ({outcome.InWords()})" : "")}{(card.TheirWords is { } words ? $"; {words}" : "")}",
        { IsFree: true, AnsweredBy: { } by } => $"{by} has answered",
        { IsFree: false } => ConsoleCards.State(card),
        { Voices: > 1 } => $"{card.Voices} posts now, {card.Priority.ToString().ToLowerInvariant()}",
        _ => $"{(isOtherPriority ? $"now {card.Priority.ToString().ToLowerInvariant()}: " : "")}“{card.Quote}”",
    };

    private static Color Colour(Priority priority) => priority switch
    {
        Priority.Critical => Color.Red,
        Priority.High => Color.Orange1,
        Priority.Normal => Color.Yellow,
        _ => Color.Grey,
    };
}
