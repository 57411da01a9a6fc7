namespace ListeningBot.Channels.Mail.Imap;

/// <summary>
/// How long a server may take to say that it is there. A line that died is found soon; who was twice taken for dead and can be signed in to again may be merely slow,
/// and is given twice as long each time, until it answers as a sound one does.
/// </summary>
internal sealed class ProbePatience(MailOptions options)
{
    private const int ShortOnes = 2;
    private const int MostDoublings = 10;
    private int _silences;

    public TimeSpan Within
    {
        get
        {
            var within = options.Answer * (1 << Math.Clamp(_silences - ShortOnes + 1, 0, MostDoublings));
            return within < options.Patience ? within : options.Patience;
        }
    }

    /// <summary>The last answer took so long that operators were told meanwhile.</summary>
    public bool WasTold { get; private set; }

    public void Answered(TimeSpan after)
    {
        WasTold = after >= MailOptions.Unheard;
        _silences = after <= options.Answer ? 0 : _silences;
    }

    public void Silent() => _silences++;
}
