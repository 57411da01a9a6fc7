using System.Text.Json;
using ListeningBot.Channels.Discord;
using ListeningBot.Core.Posts;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Tests.Channels.Discord;

/// <summary>Messages (API v10, "Message Object") with values of every wrong kind, the same in each run.</summary>
public sealed class DiscordMessageFuzzTests
{
    private const string Sound = """
        {"id":"1400000000000000001","type":0,"channel_id":"2","content":"It <@5> broke <t:1700000000:R> [here](https://shop.example/a)","author":{"id":"3","username":"mia","global_name":"Mia","bot":false},
         "mentions":[{"id":"5","username":"jo"}],"attachments":[{"filename":"a.png","description":"b"}],"sticker_items":[{"name":"Rage"}],"poll":{"question":{"text":"why"}},
         "message_reference":{"type":1,"message_id":"7"},"message_snapshots":[{"message":{"content":"it exploded"}}],"webhook_id":null,"edited_timestamp":null}
        """;

    private static readonly string[] Values = ["null", "true", "17", "-1", "1e300", "\"\"", "\"x\"", "\"\\ud800\"", "[]", "[1]", "[null]", "{}", "{\"id\":17}", "\"99999999999999999999999\"", "\"<t:9999999999999>\"", "\"<@5\\u0000>\""];
    private static readonly Spot Spot = new(new Chosen("2", "1", "support", IsForum: false), "2", null);

    [Fact]
    public void Whatever_stands_in_a_message_it_is_a_post_or_none()
    {
        using var sound = JsonDocument.Parse(Sound);
        var random = new Random(11);
        var posts = 0;
        for (var round = 0; round < 5000; round++)
        {
            using var broken = JsonDocument.Parse(Broken(sound.RootElement, random));
            if (DiscordPost.IsPost(broken.RootElement, "9") && DiscordPost.Read(broken.RootElement, Spot, "server") is { } post)
            {
                posts++;
                Assert.Equal("discord", post.Key.Namespace);
                Assert.NotNull(post.Text);
            }
        }
        Assert.InRange(posts, 1000, 4999);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("17 y")]
    [InlineData("99999999999999999999999")]
    public void A_cursor_that_cannot_be_read_begins_anew(string? cursor)
    {
        var read = DiscordCursor.Parse(cursor is null ? null : new Cursor(cursor));

        Assert.True(read.Read == 0 && read.IsFirstContact("2"));
    }

    [Fact]
    public void A_cursor_overlaps_by_five_minutes_and_never_goes_back()
    {
        var now = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var newest = Snowflake.Before(now);

        var cursor = DiscordCursor.Parse(DiscordCursor.Parse(null).To(newest, ["2"], now).ToCursor());

        Assert.Equal(Snowflake.Before(now - TimeSpan.FromMinutes(5)), cursor.After("2", now.AddDays(3)));
        Assert.Equal(Snowflake.Before(now - TimeSpan.FromHours(24)), cursor.After("3", now));
        Assert.Equal(newest, cursor.To(5, ["2"], now).Read);
        Assert.Equal(Snowflake.Before(now - TimeSpan.FromHours(24)), DiscordCursor.Parse(null).To(0, ["2"], now).Read);
    }

    /// <summary>One or two values at any depth become others.</summary>
    private static byte[] Broken(JsonElement json, Random random)
    {
        using var target = new MemoryStream();
        using (var writer = new Utf8JsonWriter(target, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(json, writer, random);
        }
        return target.ToArray();
    }

    private static void Write(JsonElement json, Utf8JsonWriter writer, Random random)
    {
        if (random.Next(25) == 0)
        {
            writer.WriteRawValue(Values[random.Next(Values.Length)], skipInputValidation: true);
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var property in json.EnumerateObject())
            {
                writer.WritePropertyName(property.Name);
                Write(property.Value, writer, random);
            }
            writer.WriteEndObject();
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in json.EnumerateArray())
            {
                Write(item, writer, random);
            }
            writer.WriteEndArray();
        }
        else
        {
            json.WriteTo(writer);
        }
    }
}
