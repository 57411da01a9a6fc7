using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using static ListeningBot.Tests.Storage.SomeStored;

namespace ListeningBot.Tests.Storage.Disks;

/// <summary>
/// Changes that are numbered in the store itself, each with several rows and each determined by its number alone: from the last number it follows what the whole store must hold.
/// </summary>
internal static class NumberedWork
{
    private const string Counter = "counter";
    private const int Documents = 12;
    private const int Longest = 30_000;

    public static long Last(IStoreView view) => long.Parse(view.CursorOf(Counter)?.Value ?? "0", CultureInfo.InvariantCulture);

    /// <summary>The next change. Its number is the answer.</summary>
    public static long Next(IStoreTx tx)
    {
        var n = Last(tx) + 1;
        tx.KeepDocument(NameOf(n), TextOf(n), Now);
        tx.AddDead(Some.BadItem("posts", "an item", TextOf(n)[..Math.Min(40, TextOf(n).Length)]), Now);
        AddCase(tx, n);
        if (n % 3 == 0)
        {
            tx.CardShown(CardOf(n - 1), 1, new MessageRef(Text(n - 1)), Now);
        }
        if (n % 4 == 0)
        {
            tx.BlankMention(tx.MentionsOfCase(n - 2)[0].Id, Now);
        }
        tx.MoveCursor(Counter, new Cursor(Text(n)), Now);
        return n;
    }

    /// <summary>What is not as it must be after the last change in the store; empty when all is well.</summary>
    public static IReadOnlyList<string> Faults(IStoreView view)
    {
        var last = Last(view);
        var totals = view.Totals();
        List<string> faults = [];
        Check(totals.Cases == last && totals.Mentions == last, $"{totals.Cases} cases and {totals.Mentions} mentions after {last} changes");
        Check(totals.CardsWaiting == last - (last / 3), $"{totals.CardsWaiting} cards wait after {last} changes");
        for (var n = Math.Max(1, last - Documents + 1); n <= last; n++)
        {
            Check(view.Document(NameOf(n)) == TextOf(n), $"document {NameOf(n)} is not that of change {n} of {last}");
        }
        for (var n = 1L; n <= last; n++)
        {
            var mentions = view.MentionsOfCase(n);
            Check(view.CaseOf(n)?.Version == 1 && mentions.Count == 1 && view.EventsOf(n).Count == 1, $"case {n} of {last} is there by half");
            Check(mentions.All(one => one.Post.Text.Length == 0 == (n % 4 == 2 && n + 2 <= last)), $"the mention of case {n} of {last} has the wrong words");
            Check(view.MessageOf(CardOf(n)) is null == (n % 3 != 2 || n + 1 > last), $"the card of case {n} of {last} has the wrong message");
        }
        return faults;

        void Check(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }

    private static void AddCase(IStoreTx tx, long n)
    {
        var id = tx.NextCaseId();
        var mention = tx.AddMention(Mention(Text(n), id, TextOf(n)));
        var opened = new Opened(id, mention, Priority.High, ["care"], Now, Now);
        tx.SaveCase(Core.Cases.Case.Open(opened), opened, Now);
        tx.TakeKey("thread " + Text(n), id, ThreadHash.Of(Key(Text(n))));
        tx.WantCard(CardOf(n), 1, Priority.High, Now, Now);
    }

    private static CardKey CardOf(long n) => new($"case:{n}", "care");

    private static string NameOf(long n) => "document " + Text(n % Documents);

    private static string Text(long n) => n.ToString(CultureInfo.InvariantCulture);

    /// <summary>Of any length: within a page, or over several.</summary>
    private static string TextOf(long n)
    {
        var random = new Random((int)n);
        return string.Create(random.Next(4) == 0 ? random.Next(1, Longest) : random.Next(1, 400), n, (text, number) => text.Fill((char)('a' + (number % 26))));
    }
}
