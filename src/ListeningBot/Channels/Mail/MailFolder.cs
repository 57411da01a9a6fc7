namespace ListeningBot.Channels.Mail;

/// <summary>One folder that is read, over all connections: how far, and which of its letters seem to break them.</summary>
internal sealed class MailFolder(string name, bool isSent, FolderPlace? place)
{
    /// <summary>A letter at which the connection broke so often is suspected: the line may have been bad all that time.</summary>
    private const int MaxBreaks = 3;
    private uint _carefulUntil;
    private uint _suspect;
    private int _breaks;
    private bool _isOnTrial;

    public string Name { get; } = name;

    /// <summary>What lies in it we have written.</summary>
    public bool IsSent { get; } = isSent;

    /// <summary>Null before the first contact.</summary>
    public FolderPlace? Place { get; private set; } = place;

    /// <summary>Its fault was told of, and it was not read since.</summary>
    public bool IsPassedOver { get; set; }

    /// <summary>Read one by one where the connection broke; with the letter after it, which shows whether the line is good, once one is suspected.</summary>
    public int LettersAStep => _carefulUntil == 0 ? FolderReader.LettersAStep : Suspect is null ? 1 : 2;
    public uint? Suspect => _breaks >= MaxBreaks ? _suspect : null;

    /// <summary>The suspect broke a connection over which the letter after it had just come: it is passed over.</summary>
    public bool IsToBlame { get; private set; }
    public bool IsHopeless => _breaks > MaxBreaks;

    /// <summary>The line is good, and the suspect is asked for now.</summary>
    public void Try() => _isOnTrial = true;

    public void BrokeAt(IReadOnlyList<uint> letters)
    {
        if (_isOnTrial)
        {
            (_isOnTrial, IsToBlame) = (false, true);
        }
        else if (letters.Count > 0)
        {
            IsToBlame = IsToBlame && letters[0] == _suspect;
            _breaks = letters[0] == _suspect ? _breaks + 1 : 1;
            _suspect = letters[0];
            _carefulUntil = Math.Max(_carefulUntil, letters[^1]);
        }
    }

    /// <summary>Once past the letters that were being read when the line broke, all is well.</summary>
    public void ReadTo(FolderPlace place)
    {
        Place = place;
        (IsPassedOver, _isOnTrial, IsToBlame) = (false, false, false);
        if (place.Uid >= _carefulUntil)
        {
            (_carefulUntil, _suspect, _breaks) = (0, 0, 0);
        }
    }
}
