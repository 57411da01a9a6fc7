using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Alerting;

/// <summary>
/// Writes what stands in a case's thread: all that its owner needs to make it right, the most needed first. Plain text; pure: the same dossier gives the same words.
/// </summary>
public static partial class DossierWriter
{
    private const int MostPosts = 10;
    private const int MostGestures = 3;
    private const int LongestLine = 300;
    private const int LongestTitle = 90;
    private const int LongestQuote = 120;

    public static DossierCard Write(Dossier known, CardKey key, MessageRef under)
    {
        var dossier = known.Shown();
        return new DossierCard
        {
            Key = key,
            Version = dossier.Case.Version,
            Under = under,
            Title = Plain.Line($"Case {dossier.Case.Id}: {(dossier.First.Deleted ? "someone" : CardWriter.Who(dossier.First.Post.Author))}", LongestTitle),
            Sections = [.. (dossier.Case.HasEnded ? AfterTheFix(dossier) : UntilTheFix(dossier)).Concat(Background(dossier)).Where(section => section.Lines.Count > 0)],
        };
    }

    private static IEnumerable<Section> UntilTheFix(Dossier dossier)
    {
        yield return Wants(dossier);
        yield return new Section("Acknowledge, offer, be quick", [.. Checklist(dossier)]);
        yield return Draft("Reply draft", Drafts.Answer(dossier.Case, dossier.First, dossier.Playbook, dossier.Severity, dossier.Team));
        yield return new Section("What fits the pain", [.. Pain(dossier)]);
    }

    private static IEnumerable<Section> AfterTheFix(Dossier dossier)
    {
        yield return new Section("How it ended", [.. Ending(dossier)]);
        if (dossier.Case.State == CaseState.Resolved)
        {
            yield return Draft("Ask in person, with no form", Drafts.FollowUp(dossier.Case, dossier.First, dossier.Playbook));
        }
    }

    private static IEnumerable<Section> Background(Dossier dossier)
    {
        yield return new Section("Ways to reach them", [.. Reach(dossier)], SectionLook.List);
        yield return new Section("This customer", [.. dossier.History.Select(Line)], SectionLook.List);
        yield return new Section("Similar cases", [.. dossier.Similar.Select(Line)], SectionLook.List);
        yield return new Section("Why", [.. Why(dossier)], SectionLook.List);
        yield return new Section("Their posts", [.. Posts(dossier)], SectionLook.List);
        yield return new Section("So far", [.. SoFar(dossier)], SectionLook.List);
    }

    private static Section Wants(Dossier dossier) => dossier.Case.Wants is { } wants
        ? new Section("What they want", [Line(dossier.Shown(wants))])
        : new Section("What they want", ["Not known yet. Ask:", Drafts.Ask(dossier.Case, dossier.First, dossier.Playbook)]);

    private static Section Draft(string title, string draft) => new($"{title} ({draft.EnumerateRunes().Count()} characters)", [draft], SectionLook.Copy);

    private static IEnumerable<string> Checklist(Dossier dossier)
    {
        var (@case, zone) = (dossier.Case, dossier.Team.Zone);
        yield return @case.AnsweredAt is { } answered
            ? Done($"Acknowledge: {Line(@case.AnsweredBy ?? "we")} answered {Wording.InWords(answered - @case.Posted)} after the post")
            : ToDo("Acknowledge: say that you have read it, and what you understood");
        yield return @case.Wants is null ? ToDo("Find out what they want") : Done("What they want is known");
        yield return @case.Promises.Count > 0 ? Done($"Offer: promised {Line(dossier.Shown(@case.Promises[^1].What))}") : ToDo("Offer: say what you will do, and by when; press Promise");
        yield return @case.OpenPromise is { } promise ? ToDo($"Be quick: keep the promise by {TimeText.Short(promise.Due, zone)}")
            : @case.ServedAt is null && dossier.Team.Targets.FirstAnswer.Of(@case.Priority) is { } target
                ? ToDo($"Be quick: the first answer is due {TimeText.Short(dossier.Team.After(@case.Posted, target, @case.Priority), zone)}")
            : ToDo("Be quick: solve it, then press Resolve");
    }

    private static string Done(string what) => "✓ " + what;

    private static string ToDo(string what) => "○ " + what;

    private static IEnumerable<string> Pain(Dossier dossier)
    {
        var severity = dossier.Severity;
        var because = severity.Pains.Count == 0 ? "nothing in their words tells of a loss" : string.Join("; ", severity.Pains.Select(pain => $"{pain.Kind} ({pain.Because})"));
        yield return Line($"Severity {severity.Level} of {Severity.Most}, {severity.InWords()}: {because}.");
        foreach (var gesture in dossier.Playbook.GesturesFor(dossier.Case.Aspect, severity.Level, dossier.Case.Priority).Take(MostGestures))
        {
            yield return Line($"• {gesture.Name}{(gesture.UpTo is { } most ? $", up to {most:0.##} {gesture.Currency}" : "")}: {ApprovalOf(gesture, dossier)}");
        }
    }

    private static string ApprovalOf(Gesture gesture, Dossier dossier) => gesture.Approve switch
    {
        Approver.Lead => "ask your lead first" + NamesOf(dossier.Team.Leads),
        Approver.Manager => "ask a manager first" + NamesOf(dossier.Team.Managers),
        _ => "yours to give",
    };

    private static string NamesOf(IReadOnlyList<Teams.Member> members) => members.Count == 0 ? "" : $" ({string.Join(", ", members.Take(3).Select(member => member.Name))})";

    private static IEnumerable<string> Ending(Dossier dossier)
    {
        var @case = dossier.Case;
        yield return Line(@case.HowItEnded());
        if (@case.ResolvedAt is { } resolved)
        {
            yield return $"{Wording.InWords(resolved - @case.Posted)} after the post";
        }
        foreach (var (what, text) in new[] { ("Note", @case.ClosingNote), ("Offered", @case.Offered), ("Beyond the fix", @case.Beyond) })
        {
            if (text is { Length: > 0 })
            {
                yield return Line($"{what}: {dossier.Shown(text)}");
            }
        }
        if (TheirWords.Of(@case, dossier.First.Post.AnswersUnseen) is { } words)
        {
            yield return words;
        }
    }

    private static IEnumerable<string> Reach(Dossier dossier)
    {
        var first = dossier.First;
        if (dossier.Case.Private || first.Post.Private)
        {
            yield return Line($"answer their letter in {first.Post.Channel}");
            yield break;
        }
        if (!first.Deleted && first.Post.Url is { Length: > 0 } url)
        {
            yield return $"at the post{(first.Post.Place is { Length: > 0 } place ? $" ({Line(place)})" : "")}: {url}";
        }
        foreach (var contact in dossier.Contacts)
        {
            yield return Line($"{contact.Kind switch { ContactKind.Mail => "mail", ContactKind.Profile => "profile", ContactKind.ContactPage => "contact page", _ => "their site" }}: {contact.Value} (from {contact.FoundOn})");
        }
        if (!first.Deleted && first.Post.Author.Url is { Length: > 0 } profile && !dossier.Contacts.Any(contact => contact.Value == profile))
        {
            yield return Line($"profile: {profile}");
        }
    }

    private static IEnumerable<string> Why(Dossier dossier)
    {
        var words = dossier.First.Assessment;
        var heard = dossier.First.Watches.Count > 0 ? $"heard by {string.Join(", ", dossier.First.Watches)}" : "heard as an answer in a thread";
        yield return Line($"{words.Complaint * 100:0} % sure that it is a complaint; about {dossier.Case.Aspect}, {dossier.Case.Priority.ToString().ToLowerInvariant()} priority, {words.SentimentLabel} ({words.Sentiment:+0.0;-0.0;0}), language {words.Lang}; {heard}");
        foreach (var reason in ReasonLines.Of(words).Concat(LaterReasons(dossier)))
        {
            yield return Line(reason);
        }
    }

    /// <summary>Why what they wrote later made it more urgent: the most urgent of their later posts says it.</summary>
    private static IEnumerable<string> LaterReasons(Dossier dossier) =>
        dossier.Theirs.Where(mention => mention.Id != dossier.First.Id && mention.Assessment.Priority > dossier.First.Assessment.Priority).MaxBy(mention => mention.Assessment.Urgency) is { } louder
            ? ReasonLines.OfPriority(louder.Assessment).Select(line => "later " + line) : [];

    /// <summary>The first and the latest ones, newest last.</summary>
    private static IEnumerable<string> Posts(Dossier dossier)
    {
        var posts = dossier.Mentions.OrderBy(mention => mention.Posted).ThenBy(mention => mention.Id).ToList();
        var left = Math.Max(0, posts.Count - MostPosts);
        for (var i = 0; i < posts.Count; i++)
        {
            if (i == 1 && left > 0)
            {
                yield return $"… {left} more …";
                i += left;
            }
            yield return PostLine(posts[i], dossier.Team.Zone);
        }
    }

    private static string PostLine(Mention mention, string zone)
    {
        var at = TimeText.Short(mention.Posted, zone);
        return mention.Deleted ? $"{at}, {(mention.Erased ? "erased at its author's wish" : "deleted by its author")}"
            : Line($"{at}, {(mention.Standing == Cases.Standing.Ours ? "we as " : "")}{Plain.Line(CardWriter.Who(mention.Post.Author), 60)}: {Plain.Line(CardWriter.Quote(mention.Post), LongestQuote)}");
    }

    private static string Line(string text) => Plain.Line(text, LongestLine);
}
