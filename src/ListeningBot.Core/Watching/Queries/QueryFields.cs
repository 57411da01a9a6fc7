using System.Globalization;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Reads "stars:&lt;=2" and its like. All tell a problem and give null for a value that does not fit.</summary>
internal sealed class QueryFields(QueryNotes notes)
{
    private static readonly string[] s_names = ["stars", "followers", "from", "to", "channel", "lang", "url", "has", "is", "about", "priority"];
    private static readonly string[] s_priorities = [.. Enum.GetNames<Priority>().Select(name => name.ToLowerInvariant())];

    public static bool IsField(string name) => s_names.Contains(name, StringComparer.Ordinal);

    public Query? Read(QueryToken field)
    {
        var (value, at) = (field.Value.Trim(), field.ValueAt);
        if (value.Length == 0)
        {
            return Told(field.At, $"has nothing after {field.Text}:", $"Write it without a blank: {ExampleOf(field.Text)}.");
        }
        return field.Text switch
        {
            "stars" => Stars(value, at),
            "followers" => Followers(value, at),
            "from" => Account(value) is { Length: > 0 } account ? new Query.From(account) : NoAccount(field),
            "to" => Account(value) is { Length: > 0 } account ? new Query.To(account) : NoAccount(field),
            "channel" => new Query.OnChannel(value),
            "lang" => Lang(value, at),
            "url" => Url(value, at),
            "has" => value.ToLowerInvariant() == "link" ? new Query.HasLink() : Unknown(value, at, "has", ["link"]),
            "is" => Is(value, at),
            "about" => Aspects.Names.Contains(value.ToLowerInvariant(), StringComparer.Ordinal) ? new Query.About(value.ToLowerInvariant()) : Unknown(value, at, "about", Aspects.Names),
            _ => PriorityOf(value, at),
        };
    }

    private static string ExampleOf(string field) => field switch
    {
        "stars" => "stars:<=2",
        "followers" => "followers:>1000",
        "from" => "from:@name",
        "to" => "to:@name",
        "channel" => "channel:inbox",
        "lang" => "lang:en",
        "url" => "url:acme.example",
        "has" => "has:link",
        "is" => "is:reply",
        "about" => "about:billing",
        _ => "priority:high",
    };

    private static string Account(string value) => value.StartsWith('@') || value.StartsWith('＠') ? value[1..] : value;

    private Query? NoAccount(QueryToken field) => Told(field.At, $"has no account after {field.Text}:", $"Write {field.Text}:@name.");

    private Query? Stars(string value, QuerySpan at)
    {
        var (how, number) = Comparison(value, Compare.Exactly);
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var stars) && stars is >= 1 and <= 5
            ? new Query.Stars(how, stars)
            : Told(at, $"has {Quoted.Of(value)} for stars", "Write a number from 1 to 5: stars:2, stars:<=2.");
    }

    private Query? Followers(string value, QuerySpan at)
    {
        var (how, number) = Comparison(value, Compare.Exactly);
        var times = number.Length == 0 ? 1 : char.ToLowerInvariant(number[^1]) switch { 'k' => 1_000m, 'm' => 1_000_000m, _ => 1m };
        var style = times > 1 ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
        return decimal.TryParse(times > 1 ? number[..^1] : number, style, CultureInfo.InvariantCulture, out var many) && many <= 1_000_000_000_000m / times
            ? new Query.Followers(how, (long)(many * times))
            : Told(at, $"has {Quoted.Of(value)} for followers", "Write a whole number without commas: followers:>1000, followers:>1.5M.");
    }

    private Query? Lang(string value, QuerySpan at) => Languages.IsKnown(value.ToLowerInvariant())
        ? new Query.InLanguage(value.ToLowerInvariant())
        : Told(at, $"has the language {Quoted.Of(value)}, which is not known", Languages.Cure(value));

    private Query? Url(string value, QuerySpan at)
    {
        var plain = value.StartsWith("*.", StringComparison.Ordinal) ? value[2..] : value;
        var address = WebAddress.Of(plain.Contains("://", StringComparison.Ordinal) ? plain : "https://" + plain);
        return address is not null && address.Contains('.', StringComparison.Ordinal) ? new Query.LinksTo(address) : Told(at, $"has {Quoted.Of(value)}, which is no web address", "Write a host, with a path if need be: url:acme.example/support.");
    }

    private Query? Is(string value, QuerySpan at) => value.ToLowerInvariant() switch
    {
        "reply" => new Query.IsReply(),
        "repost" => new Query.IsRepost(),
        "anything" => new Query.Anything(),
        _ => Unknown(value, at, "is", ["reply", "repost"]),
    };

    private Query? PriorityOf(string value, QuerySpan at)
    {
        var (how, name) = Comparison(value, Compare.AtLeast);
        var place = Array.IndexOf(s_priorities, name.ToLowerInvariant());
        return place >= 0 ? new Query.AtPriority(how, (Priority)place) : Unknown(name, at, "priority", s_priorities);
    }

    /// <summary>How it is compared, and with what.</summary>
    private static (Compare How, string Value) Comparison(string value, Compare withoutSign)
    {
        var plain = string.Concat(value.Select(QuerySigns.Plain)).Replace('≤', '<').Replace('≥', '>');
        var (how, length) = plain switch
        {
            ['<', '=', ..] => (Compare.AtMost, 2),
            ['>', '=', ..] => (Compare.AtLeast, 2),
            ['<', ..] => (value[0] == '≤' ? Compare.AtMost : Compare.Below, 1),
            ['>', ..] => (value[0] == '≥' ? Compare.AtLeast : Compare.Above, 1),
            ['=', ..] => (Compare.Exactly, 1),
            _ => (withoutSign, 0),
        };
        return (how, plain[length..].Trim());
    }

    private Query? Unknown(string value, QuerySpan at, string field, IReadOnlyCollection<string> known) =>
        Told(at, $"has {Quoted.Of(value)} after {field}:, which is not known there", Nearest.Cure(value, known, ""));

    private Query? Told(QuerySpan at, string what, string cure)
    {
        notes.Problem(at, what, cure);
        return null;
    }
}
