using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>The store's faults are told in the words of a service that tries again. A command, and a service that could not start, do not: who reads that must know.</summary>
internal static class ByItself
{
    /// <summary>For a command that is over.</summary>
    public static string NoMore(StoreException e) => NoMore(e.Message);

    public static string NoMore(string said) => With(said, "then do this again");

    /// <summary>For a service that can't start yet.</summary>
    public static string Waited(StoreException e) => With(e.Message, "the start is tried again each two seconds, for a minute");

    /// <summary>For a service that ends because it could not start.</summary>
    public static string Ended(StoreException e) => With(e.Message, "this program ends now and must be started again, by you or by what manages services");

    private static string With(string said, string words) => said.Replace(StoreException.ByItself, words, StringComparison.Ordinal);
}
