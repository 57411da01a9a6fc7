using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>How a room fares whose service did not answer as it should. Used by the one run of its room.</summary>
internal sealed class RoomTrouble
{
    /// <summary>So many tries come shortly after each other, about two minutes long; the next ones half a minute, the rest a minute apart.</summary>
    private const int ShortTries = 30;
    private const int HalfMinuteTries = 60;
    private readonly HashSet<CardKey> _cards = [];

    /// <summary>In a row.</summary>
    public int Failures { get; private set; }
    public string Why { get; private set; } = "";

    /// <summary>Two cards failed one after the other: it is not the card.</summary>
    public bool IsOfTheRoom => _cards.Count > 1;

    /// <summary>Told as unwell: the first failure may be chance.</summary>
    public bool Lasts => Failures > 1;

    public void Failed(CardKey key, string why)
    {
        _cards.Add(key);
        Failures++;
        Why = why;
    }

    public static TimeSpan PauseAfter(int tries) => tries switch
    {
        <= 0 => TimeSpan.FromSeconds(1),
        1 => TimeSpan.FromSeconds(2),
        < ShortTries => TimeSpan.FromSeconds(4),
        < HalfMinuteTries => TimeSpan.FromSeconds(30),
        _ => TimeSpan.FromMinutes(1),
    };
}
