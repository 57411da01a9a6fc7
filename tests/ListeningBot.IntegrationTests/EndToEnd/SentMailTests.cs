using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>A letter, and the answer that a colleague wrote in a mail program, as the real program sees them.</summary>
public sealed class SentMailTests
{
    [Fact]
    public async Task An_answer_from_the_mail_program_marks_the_case_answered_with_nothing_configured_for_it()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        await using var town = await Town.BuiltAsync();
        await using var bot = town.StartBot();
        await town.WriteAsync("mia", "My acme bike broke again, nobody answers, worst service ever, I want a refund");
        await Until.TrueAsync(() => town.Cards.Count == 1);
        Assert.DoesNotContain("answered", LocalPress.Words(town.Cards[0]), StringComparison.OrdinalIgnoreCase);

        // A machine's "we got your letter" comes first, and answers nobody.
        await town.Mail!.SendAsync(Answer("auto", "Auto-Submitted: auto-replied\n", "Thank you for your letter, it has number 4711."));
        await town.Mail.SendAsync(Answer("ours", "", "I am so sorry, Mia. The refund is on its way."));

        await Until.TrueAsync(() => LocalPress.Words(town.Cards[0]).Contains("answered", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("Jo Private", LocalPress.Words(town.Cards[0]), StringComparison.Ordinal);
        Assert.Single(town.Cards);
    }

    private static string Answer(string id, string more, string text) =>
        $"From: {(id == "auto" ? "Robot <robot@acme.example>" : "Jo Private <jo@home.example>")}\nTo: mia@example.org\nSubject: Re: A complaint\nMessage-ID: <{id}@acme.example>\nIn-Reply-To: <mia@example.org>\nReferences: <mia@example.org>\n{more}Date: {TimeProvider.System.GetUtcNow():R}\n\n{text}\n";
}
