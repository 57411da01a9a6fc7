using System.Net;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Net;

namespace ListeningBot.Channels.AppStore;

/// <summary>Looks at the newest reviews of each app in each country, in turn.</summary>
internal sealed class AppStoreChannel(ChannelContext context, AppStoreOptions options) : IChannel
{
    /// <summary>The service shows ten pages of 50 reviews.</summary>
    private const int MostPages = 10;
    private readonly PlaceRounds _rounds = new(context, MostPages);
    private readonly JsonService _service = new(
        context.Web,
        "the App Store",
        new Cures
        {
            Unauthorized = "Its reviews are open to all: check that Address is https://itunes.apple.com",
            Forbidden = "It turns away machines that ask too often: give a longer Every, or fewer Countries",
            TooMany = "Give a longer Every, or fewer Countries",
        },
        OwnFault);

    public IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, CancellationToken ct)
    {
        var places = Places();
        return _rounds.ReadAsync(ServiceCursor.Parse(since, options.Address), places, () => options.Every / places.Count, ct);
    }

    public static async Task<string> SignInAsync(ChannelContext context, AppStoreOptions options, CancellationToken ct) =>
        "newest reviews: " + await PlaceRounds.TryAsync(new AppStoreChannel(context, options).Places(), ct);

    private List<Place> Places() =>
    [
        .. from app in options.Apps.Distinct()
           from country in options.Countries.Select(country => country.ToLowerInvariant()).Distinct()
           select new Place($"{country}/{app}", (next, _, ct) => AskAsync(app, country, next is null ? 1 : int.Parse(next), ct)),
    ];

    /// <summary>Behind the last page the service may refuse as well as show nothing.</summary>
    private async Task<PlacePage> AskAsync(string app, string country, int page, CancellationToken ct)
    {
        try
        {
            return await PageAsync(app, country, page, ct);
        }
        catch (PlaceRefusedException) when (page > 1)
        {
            return new PlacePage([], [], null);
        }
    }

    private async Task<PlacePage> PageAsync(string app, string country, int page, CancellationToken ct)
    {
        var url = new Uri($"{options.Address.TrimEnd('/')}/{country}/rss/customerreviews/page={page}/id={app}/sortby=mostrecent/json");
        var (_, json) = await _service.AskAsync(new WebGet(url) { Limits = WebLimits.Default with { Timeout = options.Patience } }, ct);
        using (json)
        {
            if (json.RootElement.At("feed").ValueKind != JsonValueKind.Object)
            {
                throw new ChannelException("The App Store answered with something that is no list of reviews. It is tried again; check Address if it stays so.");
            }
            var (reviews, bad) = new AppStoreReviews(context.Name, app, country).Of(json.RootElement);
            return new PlacePage(reviews, bad, reviews.Count > 0 && page < MostPages ? $"{page + 1}" : null);
        }
    }

    /// <summary>An app that a country's store does not have, or a page beyond the last.</summary>
    private static PlaceRefusedException? OwnFault(WebAnswer answer) => answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound
        ? new PlaceRefusedException($"the App Store does not know this app in this country (HTTP {(int)answer.Status}). Check the app's number, and that it is sold there.")
        : null;
}
