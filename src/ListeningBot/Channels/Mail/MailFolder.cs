namespace ListeningBot.Channels.Mail;

/// <summary>One folder that is read, over all connections: how far, and which of its letters seem to break them.</summary>
internal sealed class MailFolder(string name, bool isSent, FolderPlace? place)
{
    /// <summary>A letter that breaks the connection so often is to blame, if the one after it does not.</summary>
    private const int MaxBreaks = 3;
    private uint _carefulUntil;
    private uint _suspect;
    private int _breaks;

    public string Name { get; } = name;

    /// <summary>What lies in it we have written.</summary>
    public bool IsSent { get; } = isSent;

    /// <summary>Null before the first contact.</summary>
    public FolderPlace? Place { get; private set; } = place;

    /// <summary>Its fault was told of, and it was not read since.</summary>
    public bool IsPassedOver { get; set; }

    /// <summary>Read one by one while a letter is suspected; with the letter after it once it is to be passed over.</summary>
    public int LettersAStep => _carefulUntil == 0 ? FolderReader.LettersAStep : PassOver is null ? 1 : 2;
    public uint? PassOver => _breaks >= MaxBreaks ? _suspect : null;
    public bool IsHopeless => _breaks > MaxBreaks;

    public void BrokeAt(IReadOnlyList<uint> letters)
    {
        if (letters.Count > 0)
        {
            _breaks = letters[0] == _suspect ? _breaks + 1 : 1;
            _suspect = letters[0];
            _carefulUntil = Math.Max(_carefulUntil, letters[^1]);
        }
    }

    /// <summary>Once past the letters that were being read when the line broke, all is well.</summary>
    public void ReadTo(FolderPlace place)
    {
        Place = place;
        IsPassedOver = false;
        if (place.Uid >= _carefulUntil)
        {
            (_carefulUntil, _suspect, _breaks) = (0, 0, 0);
        }
    }
}
