using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>What a collector gets of the real program: one trace from the post to the claim, also when the program was killed in between.</summary>
public sealed class OneTraceTests
{
    private static readonly LocalUser Anna = new("700000000000000021", "anna", "Anna B.");

    /// <summary>By the variables that name one signal alone, as where traces and metrics go to different collectors.</summary>
    [Fact]
    public async Task A_signal_goes_where_its_own_variables_say()
    {
        await using var otlp = await LocalOtlp.StartedAsync();
        await using var town = await Town.BuiltAsync(withMail: false);
        await using var bot = town.StartBot(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = otlp.Address.TrimEnd('/') + "/v1/metrics",
            ["OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"] = otlp.Address.TrimEnd('/') + "/v1/logs",
            ["OTEL_EXPORTER_OTLP_LOGS_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        });

        await Until.TrueAsync(() => otlp.Raw("metrics").Contains("listeningbot.", StringComparison.Ordinal));
        await Until.TrueAsync(() => otlp.Raw("logs").Contains("Listening. Channels: 2", StringComparison.Ordinal));
        Assert.Empty(otlp.Spans);
    }

    [Fact]
    public async Task From_the_post_to_the_claim_is_one_trace_across_a_crash_and_nothing_of_the_customer_is_in_it()
    {
        await using var otlp = await LocalOtlp.StartedAsync();
        await using var town = await Town.BuiltAsync(withMail: false);
        await using (var bot = town.StartBot(otlp.Environment))
        {
            await Until.TrueAsync(() => town.Discord.Gateway.IsListening);
            town.Jetstream.Push(JetstreamFrames.Post("first", "My acme laptop died again, zebrafish everywhere, I want my money back!", did: "did:plc:mia", createdAt: TimeProvider.System.GetUtcNow()));
            await Until.TrueAsync(() => town.Cards.Count == 1 && otlp.Spans.Any(span => span.Name == "card put"));
            // The time from post to card is of posts after the first contact alone, and this one may have been before it.
            await Until.TrueAsync(() => otlp.Raw("metrics").Contains("listeningbot.", StringComparison.Ordinal));
            await bot.KillAsync();
            await Until.TrueAsync(() => !town.Discord.Gateway.IsListening);
        }
        await using var again = town.StartBot(otlp.Environment);
        await Until.TrueAsync(() => town.Discord.Gateway.IsListening);
        await town.Discord.PressAsync(town.Cards.Single(), "Claim", user: Anna);
        await Until.TrueAsync(() => otlp.Spans.Any(span => span.Name == "claim"));
        await Until.TrueAsync(() => otlp.Raw("metrics").Contains("listeningbot.cases_open", StringComparison.Ordinal) && otlp.Raw("logs").Contains("Listening. Channels: 2", StringComparison.Ordinal));

        var post = Assert.Single(otlp.Spans, span => span.Name == "post");
        var trace = otlp.Spans.Where(span => span.Trace == post.Trace).ToList();
        Assert.Equal("", post.Parent);
        foreach (var name in (string[])["listen", "match and score", "record", "card put", "press"])
        {
            Assert.All(trace.Where(span => span.Name == name), span => Assert.Equal(post.Id, span.Parent));
            Assert.Contains(trace, span => span.Name == name);
        }
        var press = trace.Single(span => span.Name == "press");
        Assert.Equal(press.Id, trace.Single(span => span.Name == "claim").Parent);
        Assert.Equal("claim", press.Attributes["listeningbot.action"]);
        Assert.Equal("bluesky", post.Attributes["listeningbot.channel"]);
        string[] order = ["listen", "match and score", "record", "card put", "press"];
        Assert.Equal(order, trace.Where(span => order.Contains(span.Name)).OrderBy(span => span.Start).Select(span => span.Name).Distinct());
        Assert.All(trace, span => Assert.InRange(span.End, span.Start, span.Start + 3_600_000_000_000));

        foreach (var signal in (string[])["traces", "metrics", "logs"])
        {
            foreach (var theirs in (string[])["zebrafish", "did:plc:mia", "mia.bsky", "Person mia", "anna", "Anna B.", Anna.Id, Town.Secret.Value])
            {
                Assert.DoesNotContain(theirs, otlp.Raw(signal), StringComparison.Ordinal);
            }
        }
    }
}
