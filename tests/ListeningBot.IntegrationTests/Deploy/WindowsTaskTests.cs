using System.Text.RegularExpressions;

namespace ListeningBot.IntegrationTests.Deploy;

/// <summary>No Windows runs here: what its task scheduler is told is held by reading it.</summary>
public sealed partial class WindowsTaskTests
{
    private static readonly string s_block = Block().Match(DeployFiles.TextOf("README.md")).Value;

    /// <summary>What ended is no failed start for the scheduler, so that only a trigger that comes again starts it anew; one that runs is left alone.</summary>
    [Fact]
    public void What_ended_is_started_again_and_what_runs_is_not_started_twice()
    {
        Assert.Contains("-RepetitionInterval (New-TimeSpan -Minutes 1)", s_block, StringComparison.Ordinal);
        Assert.Contains("-MultipleInstances IgnoreNew", s_block, StringComparison.Ordinal);
        Assert.Contains("-ExecutionTimeLimit 0", s_block, StringComparison.Ordinal);
    }

    /// <summary>A German Windows knows no "Administrators".</summary>
    [Fact]
    public void Accounts_are_named_by_their_numbers()
    {
        Assert.All(Granted().Matches(s_block).Select(match => match.Groups[1].Value), account => Assert.StartsWith("*S-1-5-", account, StringComparison.Ordinal));
        Assert.Equal(3, Granted().Count(s_block));
        Assert.Contains("-UserId 'S-1-5-", s_block, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?<=```powershell\n).*?(?=\n```)", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"'([^':]+):\(OI\)")]
    private static partial Regex Granted();
}
