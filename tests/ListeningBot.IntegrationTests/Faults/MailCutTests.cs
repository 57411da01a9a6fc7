using System.Globalization;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>The real program reads a real Dovecot over a line that is cut at random, in the middle of what the server says, and that falls silent now and then.</summary>
public sealed class MailCutTests(ITestOutputHelper output)
{
    private const int Letters = 24;

    /// <summary>From here on nothing comes over the line until that is found out.</summary>
    private const int SilentAt = 12;

    /// <summary>About what the server says from its greeting to the end of a letter.</summary>
    private const int MostBytes = 5000;

    [Fact]
    public async Task Every_letter_is_one_card_however_often_the_line_is_cut_or_falls_silent()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        var random = new Random(FaultHarnessTests.Seed);
        await using var town = await Town.BuiltAsync();
        await using var way = new TcpRelay(town.Mail!.Port);
        town.MailOver(way);
        town.Edit("Alerting", "BurstFrom", 0);
        await using var bot = town.StartBot();
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
        var words = new List<string>();
        var (began, silent) = (TimeProvider.System.GetTimestamp(), TimeSpan.Zero);
        for (var number = 1; number <= Letters; number++)
        {
            if (number == SilentAt)
            {
                await AllShownAsync();
                way.FallSilent();
                words.Add(await town.ComplainByMailAsync(number));
                var since = TimeProvider.System.GetTimestamp();
                await AllShownAsync();
                silent = TimeProvider.System.GetElapsedTime(since);
                continue;
            }
            if (random.Next(4) == 0)
            {
                way.Cut();
            }
            way.CutWithin(random.Next(1, MostBytes));
            words.Add(await town.ComplainByMailAsync(number));
            var until = TimeProvider.System.GetElapsedTime(began) + TimeSpan.FromMilliseconds(random.Next(50, 900));
            await FaultHarnessTests.UntilAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(began) > until), bot);
        }
        await AllShownAsync();
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
        var took = TimeProvider.System.GetElapsedTime(began);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{words.Count} letters, {way.Connections} connections in {took.TotalSeconds:0.0} s; heard {silent.TotalSeconds:0.0} s after the line fell silent; cards {string.Join(' ', words.Select(town.CardsWith))}"));
        Assert.All(words, word => Assert.Equal(1, town.CardsWith(word)));

        // With each letter the line is cut twice at most; who tried in a loop would have connected hundreds of times.
        Assert.InRange(way.Connections, Letters / 4, 2 * Letters);

        Task AllShownAsync()
        {
            way.CutWithin(null);
            return FaultHarnessTests.UntilAsync(() => Task.FromResult(words.TrueForAll(word => town.CardsWith(word) > 0)), bot);
        }
    }
}
