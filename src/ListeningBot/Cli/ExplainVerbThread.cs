using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;

namespace ListeningBot.Cli;

/// <summary>What the thread of such a case would tell its owner, and the drafts that come later: so that managers can try their replies and gestures.</summary>
internal sealed class ExplainVerbThread(Settings settings, Team team, ExplainVerbPost post, Assessment assessment, DateTimeOffset now)
{
    private static readonly Responder Owner = new("member:you", "(your name)");

    public void WriteTo(VerbPaper paper)
    {
        var dossier = Dossier();
        foreach (var section in DossierWriter.Write(dossier, new CardKey("thread:1", dossier.Team.Name), new MessageRef("")).Sections.TakeWhile(section => section.Look != SectionLook.List))
        {
            Write(paper, section.Title, section.Lines);
        }
        Write(paper, "Some days after the fix", [Drafts.FollowUp(dossier.Case, dossier.First, dossier.Playbook)]);
        Write(paper, "For a leader", [Drafts.ForLeader(dossier.Case, dossier.First, dossier.Playbook, "(the leader)", Owner.Name)]);
    }

    private static void Write(VerbPaper paper, string title, IReadOnlyList<string> lines)
    {
        paper.Write("");
        paper.Write(title);
        foreach (var line in lines)
        {
            paper.Write("  " + line);
        }
    }

    private Dossier Dossier()
    {
        var first = new Mention
        {
            Id = 1,
            Post = new Post { Key = new PostKey("explain", "1"), Channel = post.Channel ?? "explain", Kind = "explain", Text = post.Text, Author = new Author { Handle = post.Author } },
            Posted = now,
            FirstSeen = now,
            Assessment = assessment,
            Watches = [],
            Teams = [team.Name],
            Standing = Standing.Case,
        };
        IReadOnlyList<(CaseEvent, DateTimeOffset)> events = [(new Opened(1, 1, assessment.Priority, first.Teams, now, now) { Aspect = assessment.Aspect }, now), (new Claimed(Owner), now)];
        return new Dossier { Case = Case.Replay(events), First = first, Mentions = [first], Events = events, Playbook = settings.Playbook, Team = team };
    }
}
