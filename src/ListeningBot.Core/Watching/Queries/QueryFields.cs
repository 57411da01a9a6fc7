using System.Collections.Frozen;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Reads "stars:&lt;=2" and its like. A value that does not fit is told, and gives null.</summary>
internal sealed class QueryFields(QueryNotes notes)
{
    /// <summary>Each with an example.</summary>
    private static readonly FrozenDictionary<string, string> s_examples = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["stars"] = "stars:<=2",
        ["followers"] = "followers:>1000",
        ["from"] = "from:@name",
        ["to"] = "to:@name",
        ["channel"] = "channel:inbox",
        ["lang"] = "lang:en",
        ["url"] = "url:acme.example",
        ["has"] = "has:link",
        ["is"] = "is:reply",
        ["about"] = "about:billing",
        ["priority"] = "priority:high",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] s_priorities = [.. Enum.GetNames<Priority>().Select(name => name.ToLowerInvariant())];

    public static bool IsField(string name) => s_examples.ContainsKey(name);

    public static string ExampleOf(string name) => s_examples[name];

    /// <summary>The field that a mistyped or foreign name stands for, or null.</summary>
    public static string? Meant(string name) => name switch
    {
        "author" or "by" or "user" => "from",
        "language" => "lang",
        "rating" => "stars",
        "site" or "link" or "domain" or "host" => "url",
        "source" => "channel",
        "aspect" or "topic" => "about",
        "urgency" => "priority",
        "filter" => "has",
        _ => Nearest.To(name, s_examples.Keys.Order(StringComparer.Ordinal)),
    };

    /// <summary>"stars:&lt;=2" for "stars&lt;=2"; null for any other word.</summary>
    public static string? WithoutColon(string plain)
    {
        var sign = plain.AsSpan().IndexOfAny("<>=≤≥");
        return sign > 0 && IsField(plain[..sign].ToLowerInvariant()) ? $"{plain[..sign].ToLowerInvariant()}:{plain[sign..]}" : null;
    }

    public Query? Read(QueryToken field)
    {
        var (name, value) = (field.Text, field.Value.Trim());
        if (value.Length == 0)
        {
            return Told(field.At, $"has nothing after {name}:", $"Write it directly after the colon, as in {s_examples[name]}; the name stands before each value anew, with OR between.");
        }
        if (value.Contains(',', StringComparison.Ordinal) && name is not ("stars" or "followers" or "url") && !QuerySigns.IsQuote(notes.Text[field.ValueAt.Start]))
        {
            return Told(field.ValueAt, $"has a comma after {name}:", $"Write ({string.Join(" OR ", value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(one => $"{name}:{one}"))}).");
        }
        return name switch
        {
            "stars" => QueryNumbers.Stars(value, field, notes),
            "followers" => QueryNumbers.Followers(value, field, notes),
            "from" or "to" => Account(value, field),
            "channel" => new Query.OnChannel(value),
            "lang" => Lang(value, field),
            "url" => Url(value, field),
            "has" => Is("link", value) ? new Query.HasLink() : Unknown(value, field, ["link"]),
            "is" => IsWhat(value, field),
            "about" => Aspects.Names.FirstOrDefault(aspect => Is(aspect, value)) is { } aspect ? new Query.About(aspect) : Unknown(value, field, Aspects.Names),
            _ => PriorityOf(value, field),
        };
    }

    private static bool Is(string known, string value) => known.Equals(QuerySigns.Plain(value), StringComparison.OrdinalIgnoreCase);

    private Query? Account(string value, QueryToken field)
    {
        var account = value[0] is '@' or '＠' ? value[1..].Trim() : value;
        return account.Length == 0 || account == "*" ? Told(field.ValueAt, $"has no account after {field.Text}:", $"Write {field.Text}:@name.")
            : field.Text == "to" ? new Query.To(account)
            : new Query.From(account);
    }

    private Query? Lang(string value, QueryToken field)
    {
        var code = QuerySigns.Plain(value).ToLowerInvariant();
        return Languages.IsKnown(code) ? new Query.InLanguage(Languages.Plain(code))
            : Told(field.ValueAt, $"has the language {Quoted.Of(value)}, which is not known", Languages.Cure(value).Replace("Write ", "Write lang:", StringComparison.Ordinal).Replace("lang:its two letters: ", "its two letters: lang:", StringComparison.Ordinal));
    }

    private Query? Url(string value, QueryToken field)
    {
        var plain = value.StartsWith("*.", StringComparison.Ordinal) ? value[2..] : value;
        plain = plain.TrimEnd('*');
        var address = WebAddress.Of(plain.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || plain.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? plain : "https://" + plain);
        return address is not null && address.Split('/')[0].Contains('.', StringComparison.Ordinal) && WebAddress.Of("https://" + address) == address
            ? new Query.LinksTo(address)
            : Told(field.ValueAt, $"has {Quoted.Of(value)}, which is no web address", "Write a host, with a path if need be: url:acme.example/support.");
    }

    private Query? IsWhat(string value, QueryToken field) => QuerySigns.Plain(value).ToLowerInvariant() switch
    {
        "reply" => new Query.IsReply(),
        "repost" => new Query.IsRepost(),
        "anything" => new Query.Anything(),
        "retweet" or "boost" or "share" => Unknown(value, field, ["repost"], "Did you mean is:repost?"),
        "answer" or "comment" => Unknown(value, field, ["reply"], "Did you mean is:reply?"),
        _ => Unknown(value, field, ["reply", "repost"]),
    };

    private Query? PriorityOf(string value, QueryToken field)
    {
        var (how, name) = QueryNumbers.Comparison(value, Compare.AtLeast);
        var place = Array.IndexOf(s_priorities, name.ToLowerInvariant());
        return place >= 0 ? new Query.AtPriority(how, (Priority)place)
            : Unknown(name, field, s_priorities, name.ToLowerInvariant() is "urgent" or "emergency" ? "Did you mean priority:critical? Known here: low, normal, high, critical." : null);
    }

    private Query? Unknown(string value, QueryToken field, IReadOnlyCollection<string> known, string? cure = null)
    {
        var near = Nearest.To(value, known) is { } name ? $"Did you mean {field.Text}:{name}? " : "";
        return Told(field.ValueAt, $"has {Quoted.Of(value)} after {field.Text}:, which is not known there", cure ?? $"{near}Known here: {string.Join(", ", known)}.");
    }

    private Query? Told(QuerySpan at, string what, string cure)
    {
        notes.Problem(at, what, cure);
        return null;
    }
}
