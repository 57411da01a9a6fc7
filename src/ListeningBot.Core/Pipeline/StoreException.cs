namespace ListeningBot.Core.Pipeline;

/// <summary>
/// The store could not do what was asked because of its file, its disk or another program: nothing of the request was kept, and it may be tried again.
/// The message says what, where and the cure, to an operator; it holds no secret and no customer text.
/// </summary>
public class StoreException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>How a fault ends that the running service tries again: true of nobody else.</summary>
    public const string ByItself = "the work goes on by itself";

    /// <summary>Nothing is wrong: another machine does this now.</summary>
    public virtual bool IsTakenOver => false;

    /// <summary>It may be over the next time: nobody has to mend anything first.</summary>
    public bool Passes => Message.Contains(ByItself, StringComparison.Ordinal);
}
