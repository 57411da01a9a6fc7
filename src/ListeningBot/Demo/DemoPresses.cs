using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Demo;

/// <summary>What the made-up people of Nimbus Computers press once all cards are there, so that its history holds verdicts.</summary>
internal sealed class DemoPresses(IStore store, IDesk desk)
{
    private static readonly Responder Anita = new("console:anita", "Anita");

    /// <summary>By the ids of posts.jsonl: a smoking battery, doubled charges, lost machines, the outage...</summary>
    private static readonly string[] Complaints =
    [
        "3mbat7x", "<20261102.8841@post.example>", "rv-90112", "3mstrnd1", "3mfr0001", "3mstar01", "bl-orchard-31", "3mit0001", "3mpt0001", "3mout004", "3mout005", "3mpriv01", "3mcanc01", "3mshock1", "3mlawyr1",
        "3msarc2", "3mwait01", "ft-2210",
    ];

    private static readonly string[] NoComplaints = ["3mname01", "3mscam01", "news-4414", "3mout011", "3mads001", "3mloveit", "3mgame01", "3mvote01"];

    private int _presses;

    public async Task PressAsync(CancellationToken ct)
    {
        var mentions = (await store.ReadAsync(view => view.MentionsSince(DateTimeOffset.UnixEpoch), ct)).ToDictionary(mention => mention.Post.Key.Id, StringComparer.Ordinal);
        foreach (var (post, complaint) in Complaints.Select(post => (post, true)).Concat(NoComplaints.Select(post => (post, false))))
        {
            await JudgeAsync(mentions[post], complaint);
        }
    }

    private async Task JudgeAsync(Mention mention, bool complaint)
    {
        if (mention.Standing == Standing.Tray)
        {
            await PressAsync(new PressTarget(complaint ? PressAction.TrayComplaint : PressAction.TrayDismiss, mention.Id));
        }
        else if (mention.CaseId is { } id && !complaint)
        {
            await PressAsync(new PressTarget(PressAction.NotAComplaint, id));
        }
        else if (mention.CaseId is { } mended)
        {
            await PressAsync(new PressTarget(PressAction.Claim, mended));
            await PressAsync(new PressTarget(PressAction.Outcome, mended, nameof(Outcome.Solved)));
        }
    }

    private Task<PressAnswer> PressAsync(PressTarget target) =>
        desk.PressAsync(new Press($"demo-{++_presses}", Anita, target) { Fields = new Dictionary<string, string> { ["note"] = "put right" } });
}
