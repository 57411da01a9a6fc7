using ListeningBot.Cli;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cli;

/// <summary>`cases list`: how many it shows, and how many it says there are.</summary>
public sealed class CasesVerbListTests : IAsyncDisposable
{
    private readonly DeskRig _rig = new();

    [Theory]
    [InlineData(1, 50, "1 case\n", null)]
    [InlineData(3, 4, "3 cases\n", null)]
    [InlineData(3, 3, "3 cases\n", null)]
    [InlineData(3, int.MaxValue, "3 cases\n", null)]
    [InlineData(3, 2, "the first 2 cases\n", "More are like that: --limit 4 shows more of them.")]
    [InlineData(3, 1, "the first 1 case\n", "More are like that: --limit 2 shows more of them.")]
    public async Task It_says_all_there_are_or_that_there_are_more_and_how_to_see_them(int cases, int limit, string told, string? more)
    {
        await ComplainAsync(cases);

        var shown = await ListAsync(new CasesVerbList(null, [], All: false, limit));

        Assert.StartsWith(told, shown, StringComparison.Ordinal);
        Assert.Equal(Math.Min(cases, limit), Enumerable.Range(1, cases).Count(i => shown.Contains($"acme trouble number {i}", StringComparison.Ordinal)));
        Assert.Equal(more, shown.Split('\n').FirstOrDefault(line => line.StartsWith("More", StringComparison.Ordinal)));
    }

    /// <summary>What is asked for is counted, not what stands before it.</summary>
    [Fact]
    public async Task Cases_that_are_not_asked_for_take_no_place_in_it()
    {
        await ComplainAsync(4);
        await _rig.PressAsync(PressAction.Claim, 3);
        await _rig.PressAsync(PressAction.Claim, 4);

        Assert.StartsWith("2 cases\n", await ListAsync(new CasesVerbList("care", [CaseState.Claimed], All: false, Limit: 2)), StringComparison.Ordinal);
        Assert.StartsWith("the first 1 case\n", await ListAsync(new CasesVerbList(null, [CaseState.Claimed], All: true, Limit: 1)), StringComparison.Ordinal);
        Assert.Equal("No case is like that.\n", await ListAsync(new CasesVerbList("billing", [], All: false, Limit: 2)));
    }

    /// <summary>Its card stands in both rooms: both teams look for it in their lists.</summary>
    [Fact]
    public async Task A_case_of_two_teams_is_in_the_list_of_either()
    {
        await ComplainAsync(1);
        await _rig.Temp.WriteAsync(tx => tx.SaveCase(tx.CaseOf(1)! with { Teams = ["care", "letters"], Version = tx.CaseOf(1)!.Version + 1 }, new SpokeAgain(1, Happiness.Silent, ManualClock.Start), ManualClock.Start));

        var shown = await ListAsync(new CasesVerbList("letters", [], All: false, Limit: 2));

        Assert.StartsWith("1 case\n", shown, StringComparison.Ordinal);
        Assert.Contains("care and letters", shown, StringComparison.Ordinal);
        Assert.Equal(shown, await ListAsync(new CasesVerbList("care", [], All: false, Limit: 2)));
    }

    /// <summary>When it was posted nobody knows: the moment it was seen is not that.</summary>
    [Fact]
    public async Task Of_a_post_without_a_date_it_is_told_when_it_was_seen()
    {
        await _rig.HearAsync(Some.Post("acme sent me an empty box", "1") with { Posted = null });

        Assert.Contains("  no date, seen 2026-11-02 09:00  ", await ListAsync(new CasesVerbList(null, [], All: false, Limit: 2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_one_object_a_line_and_no_more_than_they_asked_for()
    {
        await ComplainAsync(3);

        Assert.Equal(2, (await ListAsync(new CasesVerbList(null, [], All: false, Limit: 2), json: true)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line[0] == '{'));
    }

    private async Task ComplainAsync(int cases)
    {
        for (var i = 1; i <= cases; i++)
        {
            await _rig.ComplainAsync($"{i}");
        }
    }

    private async Task<string> ListAsync(CasesVerbList asked, bool json = false)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await asked.WriteAsync(_rig.Temp.Store, json, output, new VerbPaper(output, null), CancellationToken.None);
        return output.ToString();
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
