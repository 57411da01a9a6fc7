using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <summary>
/// Lays messages out as Discord's dark theme does, so that a card can be looked at without an account: sizes and colours were
/// read off the client, words and formats come from <see cref="DiscordMarkdown"/>.
/// </summary>
public static partial class DiscordPage
{
    private const string Style = """
        *{box-sizing:border-box} body{margin:0;background:#313338;color:#dbdee1;font:16px/1.375 "gg sans","Noto Sans","Helvetica Neue",Helvetica,"DejaVu Sans",Arial,sans-serif}
        .message{position:relative;padding:6px 16px 6px 72px;min-height:44px} .avatar{position:absolute;left:16px;top:8px;width:40px;height:40px;border-radius:50%;background:#5865f2;color:#fff;text-align:center;line-height:40px;font-weight:600}
        .name{font-weight:600;color:#f2f3f5} .app{background:#5865f2;color:#fff;border-radius:3px;font-size:10px;padding:1px 4px;margin-left:4px;vertical-align:2px;font-weight:600} .when{color:#949ba4;font-size:12px;margin-left:6px}
        .embed{background:#2b2d31;border-left:4px solid;border-radius:4px;padding:8px 12px 12px 12px;margin-top:4px;max-width:432px;font-size:14px;line-height:1.286;display:inline-block;overflow-wrap:anywhere}
        .quote{border-left:4px solid #4e5058;border-radius:2px;padding-left:8px;display:block} .small{font-size:12px;color:#949ba4} .time{background:#ffffff14;border-radius:3px;padding:0 2px} a{color:#00a8fc;text-decoration:none}
        .row{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px} .button{border-radius:8px;padding:0 14px;height:32px;line-height:32px;font-size:14px;font-weight:500;color:#fff;background:#4e5058;white-space:nowrap} .s1{background:#5865f2} .s5::after{content:" ↗"}
        .block{display:block;background:#1e1f22;border:1px solid #1a1b1e;border-radius:4px;padding:7px;margin:4px 0;font:13px/1.3 Consolas,"DejaVu Sans Mono",monospace;white-space:pre-wrap;max-width:90%} .embed img{display:block;max-width:100%;border-radius:4px;margin-top:12px}
        ul{margin:0;padding-left:18px} li{margin:0 0 0 16px} .choice{background:#2b2d31;padding:6px 12px;max-width:400px;font-size:14px;border-bottom:1px solid #1e1f22;overflow:hidden;text-overflow:ellipsis;white-space:nowrap} .reply{color:#b5bac1;font-size:13px}
        .menu{background:#1e1f22;border-radius:4px;padding:8px 12px;width:100%;max-width:400px} .only{color:#949ba4;font-size:12px;margin-top:4px} .mention{background:#5865f24d;color:#c9cdfb}
        """;

    /// <param name="width">Of the screen in points: 360 is a small phone.</param>
    /// <param name="files">What was uploaded with the messages, by name.</param>
    public static string Of(IEnumerable<JsonObject> messages, int width, DateTimeOffset now, IReadOnlyDictionary<string, byte[]>? files = null)
    {
        var page = new StringBuilder($"<!doctype html><meta charset=utf-8><title>Discord</title><style>{Style} body{{width:{width}px}}{(width < 500 ? " .message{padding:6px 12px 6px 60px} .avatar{left:10px;width:36px;height:36px;line-height:36px}" : "")}</style>");
        foreach (var message in messages)
        {
            page.Append("<div class=message><div class=avatar>L</div><span class=name>ListeningBot</span><span class=app>APP</span><span class=when>Today at 10:03</span>");
            if (message["message_reference"] is not null)
            {
                page.Append("<div class=reply>↰ replies to a card</div>");
            }
            page.Append($"<div>{Markdown((string?)message["content"] ?? "", now)}</div>");
            foreach (var embed in message["embeds"]?.AsArray() ?? [])
            {
                page.Append($"<div class=embed style='border-color:#{(int?)embed!["color"] ?? 0:x6}'>{Markdown((string?)embed["description"] ?? "", now)}{Image(embed, files)}</div>");
            }
            foreach (var row in message["components"]?.AsArray() ?? [])
            {
                page.Append($"<div class=row>{string.Concat(row!["components"]!.AsArray().Select(Part))}</div>");
            }
            page.Append(((int?)message["flags"] & 64) == 64 ? "<div class=only>👁 Only you can see this</div></div>" : "</div>");
        }
        return page.ToString();
    }

    private static string Part(JsonNode? part) => (int?)part!["type"] == 3
        ? $"<div class=menu>{Plain((string?)part["placeholder"])} ▾</div>{string.Concat(part["options"]!.AsArray().Take(3).Select(option => $"<div class=choice>{Plain((string?)option!["label"])}</div>"))}"
        : $"<div class='button s{(int?)part["style"]}'>{Plain((string?)part["label"])}</div>";

    private static string Image(JsonNode embed, IReadOnlyDictionary<string, byte[]>? files) =>
        (string?)embed["image"]?["url"] is { } url && files?.GetValueOrDefault(url.Replace("attachment://", "", StringComparison.Ordinal)) is { } png
            ? $"<img src='data:image/png;base64,{Convert.ToBase64String(png)}'>"
            : "";

    /// <summary>Quotes, lists and code blocks are lines of their own: the break after them is not another one.</summary>
    private static string Markdown(string text, DateTimeOffset now) => BreakAfterBlock().Replace(string.Concat(DiscordMarkdown.Read(text).Select(node => Html(node, now))), "$1");

    [GeneratedRegex("(</span>|</li>|</code>|</small>)<br>")]
    private static partial Regex BreakAfterBlock();

    private static string Html(MarkdownNode node, DateTimeOffset now)
    {
        var inside = string.Concat(node.Inside.Select(child => Html(child, now)));
        return node.Kind switch
        {
            "text" => Plain(node.Text),
            "break" => "<br>",
            "bold" => $"<b>{inside}</b>",
            "italic" => $"<i>{inside}</i>",
            "underline" => $"<u>{inside}</u>",
            "strike" => $"<s>{inside}</s>",
            "quote" => $"<span class=quote>{inside}</span>",
            "small" => $"<small class=small style='display:block'>{inside}</small>",
            "heading" => $"<h2>{inside}</h2>",
            "item" => $"<li>{inside}</li>",
            "code" => $"<code>{Plain(node.Text)}</code>&#8203;",
            "block" => $"<code class=block>{Plain(node.Text)}</code>",
            "link" => $"<a>{inside}</a>",
            "address" => $"<a>{Plain(node.Text)}</a>",
            "time" => $"<span class=time>{Time(node.Text, now)}</span>&#8203;",
            "spoiler" => $"<span style='background:#000'>{inside}</span>",
            _ => $"<span class=mention>{Plain(node.Text)}</span>&#8203;",
        };
    }

    /// <param name="time">"1793613600:R" as seen from now, "1793613600:F" in full.</param>
    private static string Time(string time, DateTimeOffset now)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(long.Parse(time.Split(':')[0], CultureInfo.InvariantCulture));
        if (time.EndsWith(":F", StringComparison.Ordinal))
        {
            return moment.ToString("dddd, d MMMM yyyy HH:mm", CultureInfo.InvariantCulture);
        }
        var span = (now - moment).Duration();
        var text = span.TotalMinutes < 60 ? $"{span.TotalMinutes:0} minute{(Math.Round(span.TotalMinutes) == 1 ? "" : "s")}" : span.TotalHours < 22 ? $"{span.TotalHours:0} hours" : $"{span.TotalDays:0} days";
        return moment > now ? "in " + text : text + " ago";
    }

    private static string Plain(string? text) => WebUtility.HtmlEncode(text ?? "");
}
