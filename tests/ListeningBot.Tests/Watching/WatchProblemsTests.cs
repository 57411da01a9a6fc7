using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

public sealed class WatchProblemsTests
{
    [Fact]
    public void A_sound_watch_has_no_problem()
    {
        Assert.Empty(WatchSet.ProblemsOf(Some.Watch("a", "acme", "#acme", "@acme", "not working", "😡", "返金") with { Exclude = ["hiring"] }));
        Assert.Empty(WatchSet.ProblemsOf(new Watch { Name = "inbox", Team = "care", Everything = true, Channels = ["mail"] }));
    }

    [Theory]
    [InlineData("", "term 2 is empty")]
    [InlineData("  ", "term 2 is empty")]
    [InlineData("\u200B\u00AD", "term 2 has only invisible characters")]
    [InlineData("?!", "term 2 (\"?!\") is punctuation only")]
    [InlineData("#", "term 2 (\"#\") is punctuation only")]
    [InlineData("ACMÉ", "term 2 (\"ACMÉ\") means the same as \"acme\"")]
    [InlineData("a-c me", null)]
    public void A_term_that_can_not_be_found_is_told(string term, string? problem)
    {
        foreach (var (watch, list) in new[] { (Some.Watch("a", "acme", term), "find"), (Some.Watch("a", "other") with { Exclude = ["acme", term] }, "exclude") })
        {
            var problems = WatchSet.ProblemsOf(watch);
            if (problem is null)
            {
                Assert.Empty(problems);
            }
            else
            {
                Assert.StartsWith($"Watch \"a\", {list}, {problem}", Assert.Single(problems), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_term_too_long_is_told() =>
        Assert.Contains("201 characters long", Assert.Single(WatchSet.ProblemsOf(Some.Watch("a", new string('x', 201)))), StringComparison.Ordinal);

    [Fact]
    public void A_watch_that_listens_for_nothing_is_told()
    {
        Assert.Contains("nothing to find", Assert.Single(WatchSet.ProblemsOf(new Watch { Name = "a", Team = "care" })), StringComparison.Ordinal);
        Assert.Contains("names no channels", Assert.Single(WatchSet.ProblemsOf(new Watch { Name = "a", Team = "care", Everything = true })), StringComparison.Ordinal);
    }

    [Fact]
    public void Finding_what_is_excluded_is_told() =>
        Assert.Contains("both finds and excludes \"Acme\"", Assert.Single(WatchSet.ProblemsOf(Some.Watch("a", "Acme") with { Exclude = ["acme"] })), StringComparison.Ordinal);
}
