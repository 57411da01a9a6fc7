using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

public partial interface IStoreView
{
    Silence? SilenceOf(long id);

    /// <summary>Silences that hold at this moment, the one that ends first first.</summary>
    IReadOnlyList<Silence> SilencesRunning(DateTimeOffset now);

    /// <summary>Silences that ended after <paramref name="from"/>, up to and with <paramref name="to"/>.</summary>
    IReadOnlyList<Silence> SilencesEnded(DateTimeOffset from, DateTimeOffset to);

    /// <summary>How many mentions a silence has held back.</summary>
    int HeldBackBy(long silence);

    /// <summary>How many of them lie in which team's tray, by the teams' names.</summary>
    IReadOnlyList<(string Team, int Mentions)> HeldBackOfTeams(long silence);

    /// <summary>The silence because of which this mention lies in the tray, or null.</summary>
    Silence? SilenceHolding(long mention);
}

public partial interface IStoreTx
{
    /// <summary>Returns the new silence's id.</summary>
    long AddSilence(Silence silence);
    void UpdateSilence(Silence silence);

    /// <summary>A mention lies in the tray because of this silence.</summary>
    void HoldBack(long mention, long silence);

    /// <summary>What a page of the maybe list says above its entries.</summary>
    void NoteOnTrayPage(long page, string note);
}
