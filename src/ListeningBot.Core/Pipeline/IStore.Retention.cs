namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Forgetting what is older than it is kept. Each removes at most about so many rows and says how many; 0: nothing is left that is so old. What is shown in rooms stays there and is edited no more.
/// </summary>
public partial interface IStoreTx
{
    /// <summary>The case that was closed, and last changed, longest ago, before this time: its posts, and when those are gone all of it. A customer of whom no case is left goes with it.</summary>
    int AgeCases(DateTimeOffset before, int limit);

    /// <summary>Mentions without a case that were first seen before this time; those with a verdict only before <paramref name="judgedBefore"/>.</summary>
    int AgeLoose(DateTimeOffset before, DateTimeOffset judgedBefore, int limit);

    /// <summary>Also which notes in threads were heard.</summary>
    int AgePresses(DateTimeOffset before, int limit);

    /// <summary>Notices and pages with their cards and pings; silences and groups that are over and that nothing refers to.</summary>
    int AgeLists(DateTimeOffset before, int limit);

    /// <summary>With their cards and pings. That one was put up is known by it alone.</summary>
    int AgeDigests(DateTimeOffset before, int limit);

    /// <summary>Calendars of holidays that were fetched last before this time.</summary>
    int AgeCalendars(DateTimeOffset before, int limit);

    /// <summary>Gaps that ended, and the clocks of mentions.</summary>
    int AgeLedger(DateTimeOffset before, int limit);
}
