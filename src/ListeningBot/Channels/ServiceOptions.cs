using ListeningBot.Configuration;

namespace ListeningBot.Channels;

/// <summary>Checks of options that polled services share.</summary>
internal static class ServiceOptions
{
    /// <summary>A web address without a query; a path is allowed.</summary>
    public static IEnumerable<OptionProblem> Address(string option, string? value, string example)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            yield return new OptionProblem(option, $"is not a web address: \"{value}\"", $"Give an address such as \"{example}\", without a query.");
        }
    }

    public static IEnumerable<OptionProblem> Every(TimeSpan every)
    {
        if (every < TimeSpan.FromSeconds(1) || every > TimeSpan.FromDays(7))
        {
            yield return new OptionProblem("Every", $"is {every}, which is not between one second and seven days", "Give hours, minutes and seconds: \"00:05:00\".");
        }
    }

    public static IEnumerable<OptionProblem> Timeout(TimeSpan timeout)
    {
        if (timeout < TimeSpan.FromSeconds(1) || timeout > TimeSpan.FromMinutes(5))
        {
            yield return new OptionProblem("Timeout", $"is {timeout}, which is not between one second and five minutes", "Give hours, minutes and seconds: \"00:00:30\".");
        }
    }
}
