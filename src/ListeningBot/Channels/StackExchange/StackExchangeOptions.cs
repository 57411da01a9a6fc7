using System.ComponentModel;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.StackExchange;

/// <summary>Questions on sites of Stack Exchange (Stack Overflow, Super User, Ask Ubuntu...) that say a word we listen for.</summary>
public sealed record StackExchangeOptions
{
    /// <summary>The sites, as the service calls them: "stackoverflow", "superuser", "webapps", "ru.stackoverflow". Default: Stack Overflow alone.</summary>
    [Description("The sites: \"stackoverflow\", \"superuser\", \"webapps\". Default: Stack Overflow alone.")]
    public IReadOnlyList<string>? Sites { get; init; }

    /// <summary>Words and phrases to search for. Default: those of the watches that listen on this channel.</summary>
    [Description("Words and phrases to search for. Default: those of the watches that listen on this channel.")]
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>The application's key, from stackapps.com: 10,000 requests a day instead of 300. Default: none.</summary>
    [Secret]
    [Description("The application's key, from stackapps.com: 10,000 requests a day instead of 300.")]
    public string? Key { get; init; }

    /// <summary>Pause between two looks; longer when the day's requests would not last. Default 15 minutes; 1 minute to 7 days.</summary>
    [Description("Pause between two looks, hours:minutes:seconds; longer when the day's requests would not last.")]
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Where the API is. Default: https://api.stackexchange.com/2.3.</summary>
    [Description("Where the API is.")]
    public string Api { get; init; } = "https://api.stackexchange.com/2.3";

    /// <summary>What one answer may take. Default 30 seconds; 1 to 300.</summary>
    [Description("How long one answer may take.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Without the key, which a record would print.</summary>
    public override string ToString() => $"{SiteNames.Count} sites at {Api}";

    /// <summary>Each once, in the one form that names it everywhere.</summary>
    internal IReadOnlyList<string> SiteNames => Sites is { Count: > 0 } sites ? [.. sites.Select(SiteName).Distinct()] : ["stackoverflow"];

    public static IEnumerable<OptionProblem> Validate(StackExchangeOptions options)
    {
        foreach (var site in (options.Sites ?? []).Where(site => SiteName(site) is not { Length: > 0 } name || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')))
        {
            yield return new OptionProblem(nameof(Sites), $"names \"{site}\", which is no site", "Give names such as \"stackoverflow\" or \"superuser\": what stands in the site's address.");
        }
        if (options.Every < TimeSpan.FromMinutes(1) || options.Every > TimeSpan.FromDays(7))
        {
            yield return new OptionProblem(nameof(Every), $"is {options.Every}, which is not between one minute and seven days", "Give hours, minutes and seconds: \"00:15:00\". The service wants no request repeated within a minute.");
        }
        foreach (var problem in ServiceOptions.Address(nameof(Api), options.Api, "https://api.stackexchange.com/2.3").Concat(ServiceOptions.Timeout(options.Timeout)))
        {
            yield return problem;
        }
    }

    /// <summary>"superuser" for "https://superuser.com/", "apple" for "apple.stackexchange.com".</summary>
    private static string SiteName(string site)
    {
        var name = site.Trim().ToLowerInvariant().TrimEnd('/');
        name = name[(name.LastIndexOf('/') + 1)..];
        foreach (var end in (string[])[".stackexchange.com", ".com"])
        {
            name = name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length] : name;
        }
        return name;
    }
}
