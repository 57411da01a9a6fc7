using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

public partial interface IStoreView
{
    /// <summary>A mention whose post stands at this address (as <see cref="Posts.WebAddress"/> writes it), the first that we saw; or null.</summary>
    Mention? MentionAt(string address);

    /// <summary>Tray mentions that nobody has decided on, likeliest complaint first. Null: of all teams.</summary>
    IReadOnlyList<long> UndecidedTray(string? team, int limit);

    /// <summary>Cases that nobody has, most urgent first, then oldest post first. Null: of all teams.</summary>
    IReadOnlyList<Case> FreeCases(string? team, int limit);

    /// <summary>The same of all teams, without those that were answered.</summary>
    IReadOnlyList<Case> UnansweredFreeCases(int limit);

    /// <summary>How many of them there are. Null: in all teams.</summary>
    int CountFree(string? team);

    /// <summary>The one whose customer waits longest, or null.</summary>
    Case? OldestFree();
}

public partial interface IStoreTx
{
    /// <summary>The first answer to a command stands.</summary>
    void RecordCommand(Command command, PressAnswer answer, DateTimeOffset now);
}
