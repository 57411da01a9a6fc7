using System.Net.WebSockets;

namespace ListeningBot.Channels.Bluesky;

/// <summary>
/// Remembers whether connections break at the same place again and again: a frame that violates the protocol (text that is not UTF-8)
/// ends the connection by rule, and would be sent again after each return. From the third time on, a growing stretch is left out.
/// </summary>
internal sealed class Stumbling
{
    private const int Patience = 2;
    private long _at;
    private int _times;

    public void Broke(Exception how, long heardUntil)
    {
        if (how is not WebSocketException { WebSocketErrorCode: WebSocketError.Faulted })
        {
            return;
        }
        _times = heardUntil == _at ? _times + 1 : 1;
        _at = heardUntil;
    }

    public Resumption Adjusted(Resumption resumption, DateTimeOffset now) =>
        _times > Patience && resumption.HeardUntil == _at && !resumption.FirstContact
            ? resumption.Past(TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_times - Patience - 1, 20))), now)
            : resumption;
}
