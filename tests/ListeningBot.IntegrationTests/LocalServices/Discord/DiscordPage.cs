using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <summary>
/// Lays messages out as Discord's dark theme does, so that a card can be looked at without an account: sizes and colours were
/// read off the client, words and formats come from <see cref="DiscordMarkdown"/>.
/// </summary>
public static class DiscordPage
{
    private const string Style = """
        *{box-sizing:border-box} body{margin:0;background:#313338;color:#dbdee1;font:16px/1.375 "gg sans","Noto Sans","Helvetica Neue",Helvetica,"DejaVu Sans",Arial,sans-serif}
        .message{position:relative;padding:6px 16px 6px 72px;min-height:44px} .avatar{position:absolute;left:16px;top:8px;width:40px;height:40px;border-radius:50%;background:#5865f2;color:#fff;text-align:center;line-height:40px;font-weight:600}
        .name{font-weight:600;color:#f2f3f5} .app{background:#5865f2;color:#fff;border-radius:3px;font-size:10px;padding:1px 4px;margin-left:4px;vertical-align:2px;font-weight:600} .when{color:#949ba4;font-size:12px;margin-left:6px}
        .embed{background:#2b2d31;border-left:4px solid;border-radius:4px;padding:8px 12px 12px 12px;margin-top:4px;max-width:432px;font-size:14px;line-height:1.286;display:inline-block;overflow-wrap:anywhere}
        .quote{border-left:4px solid #4e5058;border-radius:2px;padding-left:8px;display:block} .small{font-size:12px;color:#949ba4} .time{background:#ffffff14;border-radius:3px;padding:0 2px} a{color:#00a8fc;text-decoration:none}
        .row{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px} .button{border-radius:8px;padding:0 14px;height:32px;line-height:32px;font-size:14px;font-weight:500;color:#fff;background:#4e5058;white-space:nowrap} .s1{background:#5865f2} .s5::after{content:" ↗"}
        .menu{background:#1e1f22;border-radius:4px;padding:8px 12px;width:100%;max-width:400px} .only{color:#949ba4;font-size:12px;margin-top:4px} .mention{background:#5865f24d;color:#c9cdfb}
        """;

    /// <param name="width">Of the screen in points: 360 is a small phone.</param>
    public static string Of(IEnumerable<JsonObject> messages, int width, DateTimeOffset now)
    {
        var page = new StringBuilder($"<!doctype html><meta charset=utf-8><title>Discord</title><style>{Style} body{{width:{width}px}}{(width < 500 ? " .message{padding:6px 12px 6px 60px} .avatar{left:10px;width:36px;height:36px;line-height:36px}" : "")}</style>");
        foreach (var message in messages)
        {
            page.Append("<div class=message><div class=avatar>L</div><span class=name>ListeningBot</span><span class=app>APP</span><span class=when>Today at 10:03</span>");
            page.Append($"<div>{Markdown((string?)message["content"] ?? "", now)}</div>");
            foreach (var embed in message["embeds"]?.AsArray() ?? [])
            {
                page.Append($"<div class=embed style='border-color:#{(int?)embed!["color"] ?? 0:x6}'>{Markdown((string?)embed["description"] ?? "", now)}</div>");
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
        ? $"<div class=menu>{Plain((string?)part["placeholder"])} ▾</div>"
        : $"<div class='button s{(int?)part["style"]}'>{Plain((string?)part["label"])}</div>";

    private static string Markdown(string text, DateTimeOffset now) => string.Concat(DiscordMarkdown.Read(text).Select(node => Html(node, now))).Replace("</span><br>", "</span>", StringComparison.Ordinal);

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
            "small" => $"<small class=small>{inside}</small>",
            "heading" => $"<h2>{inside}</h2>",
            "item" => $"<li>{inside}</li>",
            "code" or "block" => $"<code>{Plain(node.Text)}</code>",
            "link" => $"<a>{inside}</a>",
            "address" => $"<a>{Plain(node.Text)}</a>",
            "time" => $"<span class=time>{Ago(node.Text, now)}</span>&#8203;",
            "spoiler" => $"<span style='background:#000'>{inside}</span>",
            _ => $"<span class=mention>{Plain(node.Text)}</span>&#8203;",
        };
    }

    private static string Ago(string unix, DateTimeOffset now)
    {
        var minutes = (long)(now - DateTimeOffset.FromUnixTimeSeconds(long.Parse(unix, CultureInfo.InvariantCulture))).TotalMinutes;
        return minutes < 60 ? $"{minutes} minutes ago" : $"{minutes / 60} hours ago";
    }

    private static string Plain(string? text) => WebUtility.HtmlEncode(text ?? "");
}
