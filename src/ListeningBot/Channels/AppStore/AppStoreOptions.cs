using System.ComponentModel;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.AppStore;

/// <summary>Reads what customers write about apps in Apple's App Store, country by country. No account is needed.</summary>
public sealed record AppStoreOptions
{
    /// <summary>The apps' numbers, as they stand behind "id" in their addresses: ["1234567890"].</summary>
    [Description("The apps' numbers, as they stand behind \"id\" in their addresses.")]
    public required IReadOnlyList<string> Apps { get; init; }

    /// <summary>The stores to read, by their two letters: ["us", "gb", "de"]. A review is seen only in its own country's store.</summary>
    [Description("The stores to read, by their two letters: us, gb, de.")]
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>How often each app is looked at in each country. Default 15 minutes; 1 second to 7 days.</summary>
    [Description("How often each app is looked at in each country.")]
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Where the reviews are asked for. Default: https://itunes.apple.com.</summary>
    [Description("Where the reviews are asked for.")]
    public string Address { get; init; } = "https://itunes.apple.com";

    /// <summary>What one answer may take. Not to be configured.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    internal static IEnumerable<OptionProblem> Validate(AppStoreOptions options)
    {
        if (options.Apps is not { Count: > 0 } || options.Apps.Any(app => app is not { Length: > 0 and <= 20 } || !app.All(char.IsAsciiDigit)))
        {
            yield return new OptionProblem("Apps", "does not name apps by their numbers", "Write what stands behind \"id\" in the app's address in the App Store: [\"1234567890\"].");
        }
        var unknown = options.Countries?.FirstOrDefault(country => !Storefronts.Names.ContainsKey(country ?? ""));
        if (options.Countries is not { Count: > 0 } || unknown is not null)
        {
            yield return new OptionProblem("Countries", unknown is null ? "names no country" : $"names \"{unknown}\", which has no App Store", string.Equals(unknown, "uk", StringComparison.OrdinalIgnoreCase) ? "The United Kingdom is \"gb\"." : "Write the two letters of each: [\"us\", \"gb\", \"de\"].");
        }
        foreach (var problem in ServiceOptions.Every(options.Every).Concat(ServiceOptions.Address(nameof(Address), options.Address, "https://itunes.apple.com")))
        {
            yield return problem;
        }
    }
}
