using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>What `cases` looks for in everything, and what it makes forgotten. "id > 0" says that the whole table is meant to be walked through.</summary>
internal sealed class ErasureTables(Db db)
{
    private const int RowsAtOnce = 1000;

    /// <summary>Nothing, and not what was noted before: of the same version too, what is on its way is told from what is written from now on.</summary>
    private const string AnotherShown = "shown = CASE WHEN shown > 0 THEN 0 ELSE shown - 1 END";

    public IReadOnlyList<Mention> MentionsNaming(string text)
    {
        using var rows = db.Ask("SELECT id, body FROM mentions WHERE id > 0 AND instr(lower(body), ?) > 0 ORDER BY id").With(InJson(text));
        return MentionTable.All(rows);
    }

    public IReadOnlyList<Mention> MentionsLeadingTo(IReadOnlySet<PostKey> posts)
    {
        var found = new List<Mention>();
        var ids = SearchValues.Create([.. posts.Select(post => $"\"{Escaped(post.Id)}\"")], StringComparison.Ordinal);
        var (id, page) = (0L, posts.Count == 0 ? 0 : RowsAtOnce);
        while (page == RowsAtOnce)
        {
            page = 0;
            using var rows = db.Ask("SELECT id, body FROM mentions WHERE id > ? ORDER BY id LIMIT ?").With(id).With(RowsAtOnce);
            for (; rows.Read(); page++)
            {
                id = rows.Long(0);
                if (rows.Text(1).AsSpan().ContainsAny(ids) && MentionTable.Read(rows) is { } mention && mention.Post.LeadsTo().Any(posts.Contains))
                {
                    found.Add(mention);
                }
            }
        }
        return found;
    }

    public IReadOnlyList<string> AuthorsBelow(PostKey stem)
    {
        // What follows the slash begins before what follows the next sign, "0".
        using var rows = db.Ask("SELECT DISTINCT coalesce(author_id, '') FROM mentions WHERE ns = ? AND post_id >= ? AND post_id < ?").With(stem.Namespace).With(stem.Id).With(stem.Id[..^1] + "0");
        var authors = new List<string>();
        while (rows.Read())
        {
            authors.Add(rows.Text(0));
        }
        return [.. authors.Where(author => author.Length > 0)];
    }

    public IReadOnlyList<string> KeysNaming(string text)
    {
        using var rows = db.Ask("SELECT key FROM case_keys WHERE key > '' AND instr(lower(key), ?) > 0").With(Lower(text));
        var keys = new List<string>();
        while (rows.Read())
        {
            keys.Add(rows.Text(0));
        }
        return keys;
    }

    public IReadOnlyList<Mention> MentionsSince(DateTimeOffset since)
    {
        using var rows = db.Ask("SELECT id, body FROM mentions WHERE id > 0 AND first_seen >= ? ORDER BY id").With(since);
        return MentionTable.All(rows);
    }

    public IReadOnlyList<long> CasesNaming(string text) =>
        db.Ask("""
            SELECT id FROM cases WHERE id > 0 AND (instr(lower(body), ?1) > 0
            OR EXISTS (SELECT 1 FROM case_events WHERE case_id = cases.id AND instr(lower(event), ?1) > 0)) ORDER BY id
            """).With(InJson(text)).Numbers();

    public IReadOnlyList<Customer> CustomersNaming(string text)
    {
        using var rows = db.Ask("SELECT id, body FROM customers WHERE id > 0 AND instr(lower(body), ?) > 0").With(InJson(text));
        var found = new List<Customer>();
        while (rows.Read())
        {
            if (rows.TryJson(1, StoreJson.Default.Customer, "customer", rows.Long(0)) is { } customer)
            {
                found.Add(customer with { Id = rows.Long(0) });
            }
        }
        return found;
    }

    public IReadOnlyList<DamagedRow> Damaged(IReadOnlyList<string> names) =>
    [
        .. Damaged("SELECT body, coalesce(author_id, ''), id FROM mentions WHERE id > ? ORDER BY id LIMIT ?", "mention", StoreJson.Default.Mention, names),
        .. Damaged("SELECT body, '', id FROM cases WHERE id > ? ORDER BY id LIMIT ?", "case", StoreJson.Default.Case, names),
        .. Damaged("SELECT event, '', case_id, version FROM case_events WHERE (case_id, version) > (?, ?) ORDER BY case_id, version LIMIT ?", DeadRow.EventOfCase, StoreJson.Default.CaseEvent, names)
            .GroupBy(row => row.Id).Select(rows => rows.First() with { Names = rows.Any(row => row.Names) }),
        .. Damaged("SELECT body, '', id FROM customers WHERE id > ? ORDER BY id LIMIT ?", "customer", StoreJson.Default.Customer, names),
    ];

    /// <summary>By pages: one statement over a large table would outlast what a server bears with.</summary>
    /// <param name="sql">Its JSON, an author that a column tells, its number, and its version where the number is not its own.</param>
    private IEnumerable<DamagedRow> Damaged<T>(string sql, string table, JsonTypeInfo<T> type, IReadOnlyList<string> names) where T : class
    {
        var (id, version, page) = (0L, 0L, RowsAtOnce);
        while (page == RowsAtOnce)
        {
            page = 0;
            var after = db.Ask(sql).With(id);
            using var rows = (table == DeadRow.EventOfCase ? after.With(version) : after).With(RowsAtOnce);
            for (; rows.Read(); page++)
            {
                (id, version) = (rows.Long(2), table == DeadRow.EventOfCase ? rows.Long(3) : 0);
                if (rows.TryJson(0, type, table, id) is null)
                {
                    yield return new DamagedRow(table, id, Names($"\"{rows.Text(1)}\" {rows.TextOrNull(0)}", names));
                }
            }
        }
    }

    private static bool Names(string left, IReadOnlyList<string> names)
    {
        var words = BrokenJson.Words(left);
        return names.Any(name => name.Length < PersonFile.ShortestName ? Lower(left).Contains($"\"{InJson(name)}\"", StringComparison.Ordinal) : Erasure.Names(words, name));
    }

    public IReadOnlyList<PressHeard> PressesOn(long subject)
    {
        using var rows = db.Ask("SELECT id, by_id, by_name, target, answer, at FROM presses WHERE id > '' AND (target LIKE ?1 OR target LIKE ?1 || ':%')").With($"%:{subject}");
        return [.. Presses(rows).OrderBy(press => press.At)];
    }

    public IReadOnlyList<PingSaid> PingsOf(string subject)
    {
        using var rows = db.Ask("SELECT id, room, text, wanted_at, sent_at FROM pings WHERE subject = ?").With(subject);
        var pings = new List<PingSaid>();
        while (rows.Read())
        {
            pings.Add(new PingSaid(rows.Long(0), rows.Text(1), rows.Text(2), rows.Time(3), rows.IsNull(4) ? null : rows.Time(4)));
        }
        return pings;
    }

    public IReadOnlyList<VerdictGiven> VerdictsOn(long mention)
    {
        using var rows = db.Ask("SELECT mention, verdict, by_id, by_name, at FROM verdicts WHERE mention = ? ORDER BY id").With(mention);
        return Verdicts(rows);
    }

    public IReadOnlyList<VerdictGiven> Verdicts()
    {
        using var rows = db.Ask("SELECT mention, verdict, by_id, by_name, at FROM verdicts WHERE id > 0 ORDER BY id");
        return Verdicts(rows);
    }

    public IReadOnlyList<Case> CasesSince(DateTimeOffset since)
    {
        using var rows = db.Ask("SELECT body, id FROM cases WHERE id > 0 AND first_seen >= ? ORDER BY id").With(since);
        return CaseTables.All(rows);
    }

    public IReadOnlyList<Case> Latest(int limit)
    {
        using var rows = db.Ask("SELECT body, id FROM cases WHERE id > 0 ORDER BY id DESC LIMIT ?").With(limit);
        return CaseTables.All(rows);
    }

    public void Erase(Mention mention)
    {
        var key = ErasedPost.KeyOf(mention.Post.Key);
        var erased = mention with
        {
            Deleted = true,
            Erased = true,
            Found = [],
            Post = new Post { Key = key, Channel = mention.Post.Channel, Kind = mention.Post.Kind, Text = "", Posted = mention.Post.Posted, Private = mention.Post.Private, AnswersUnseen = mention.Post.AnswersUnseen },
            Assessment = mention.Assessment.WithoutWords(),
        };
        db.Ask("UPDATE mentions SET ns = ?, post_id = ?, author_id = NULL, address = NULL, body = ? WHERE id = ?")
            .With(key.Namespace).With(key.Id).WithJson(erased, StoreJson.Default.Mention).With(mention.Id).Run();
    }

    public void Reword(Case @case, IReadOnlyList<CaseEvent> events)
    {
        db.Ask("UPDATE cases SET body = ? WHERE id = ? AND version = ?").WithJson(@case, StoreJson.Default.Case).With(@case.Id).With(@case.Version).Run();
        var versions = VersionsOf(@case.Id).Readable;
        for (var i = 0; i < events.Count; i++)
        {
            db.Ask("UPDATE case_events SET event = ? WHERE case_id = ? AND version = ?").WithJson(events[i], StoreJson.Default.CaseEvent).With(@case.Id).With(versions[i]).Run();
        }
    }

    public void RemoveUnreadableEvents(long caseId, Func<string, bool> goes)
    {
        foreach (var (version, _) in VersionsOf(caseId).Unreadable.Where(row => goes(BrokenJson.Words(row.Left))))
        {
            db.Ask("DELETE FROM case_events WHERE case_id = ? AND version = ?").With(caseId).With(version).Run();
        }
    }

    public void FreeKey(string key) => db.Ask("DELETE FROM case_keys WHERE key = ?").With(key).Run();

    public int EraseAnswersSince(DateTimeOffset since) =>
        db.Ask("UPDATE presses SET answer = ?1 WHERE id > '' AND at >= ?2 AND answer <> ?1").WithJson(PressAnswer.Done, StoreJson.Default.PressAnswer).With(since).Changed();

    public int EraseSilencesNaming(string name, DateTimeOffset now)
    {
        var silences = SilencesNaming(name);
        foreach (var (id, silence) in silences)
        {
            if (silence is null)
            {
                // What it says of whom can't be told any more, only taken away. What is left can be read, so that its dead letter ends.
                db.Ask("UPDATE silences SET until_at = CASE WHEN until_at < ?1 THEN until_at ELSE ?1 END, body = ?3 WHERE id = ?2")
                    .With(now).With(id).WithJson(new Silence(SilenceOf.Author, "", "", new Responder("", ""), now, now), StoreJson.Default.Silence).Run();
                continue;
            }
            db.Ask("UPDATE tray_pages SET note = NULL WHERE id > 0 AND (instr(note, ?1) > 0 OR (?2 <> '' AND instr(note, ?2) > 0))").With(silence.About).With(silence.Reason).Run();
            var ended = silence with { Value = "", Reason = "", Until = silence.Until < now ? silence.Until : now };
            db.Ask("UPDATE silences SET until_at = ?, body = ? WHERE id = ?").With(ended.Until).WithJson(ended, StoreJson.Default.Silence).With(id).Run();
        }
        return silences.Count;
    }

    /// <summary>"@sam" is meant by the author "sam" and by "bluesky:sam", never by the words "samsung". Null: it names them, and can't be read.</summary>
    private List<(long Id, Silence? Silence)> SilencesNaming(string name)
    {
        var plain = name.TrimStart('@');
        using var rows = db.Ask("SELECT id, body FROM silences WHERE id > 0 AND instr(lower(body), ?) > 0").With(InJson(plain));
        var found = new List<(long, Silence?)>();
        while (rows.Read())
        {
            var silence = SilenceTable.Read(rows);
            var about = silence?.Value.TrimStart('@');
            if (silence is null || about is null
                || (silence.What == SilenceOf.Author && (about.Equals(plain, StringComparison.OrdinalIgnoreCase) || about.EndsWith(":" + plain, StringComparison.OrdinalIgnoreCase)))
                || $"{silence.Value} {silence.Reason}".Contains(name, StringComparison.OrdinalIgnoreCase))
            {
                found.Add((rows.Long(0), silence));
            }
        }
        return found;
    }

    /// <summary>What is empty now is not tried again.</summary>
    public int ErasePings(string subject)
    {
        db.Ask("DELETE FROM dead_letters WHERE ref IN (SELECT 'ping ' || id FROM pings WHERE subject = ?)").With(subject).Run();
        return db.Ask("UPDATE pings SET text = '', state = CASE state WHEN 1 THEN -1 WHEN 0 THEN 2 ELSE state END, try_at = 0, tries = 0 WHERE subject = ?").With(subject).Changed();
    }

    public void TakePingBack(long id) => db.Ask("UPDATE pings SET state = 2, try_at = 0, tries = 0 WHERE id = ? AND state = 0").With(id).Run();

    public void RewordPing(long id, string text) => db.Ask("UPDATE pings SET text = ? WHERE id = ?").With(text).With(id).Run();

    public int EraseContactsNaming(string text) =>
        db.Ask("UPDATE lookups SET contacts = '[]' WHERE mention > 0 AND instr(lower(contacts), ?) > 0").With(InJson(text)).Changed();

    public IReadOnlyList<CardKey> ShowAnew(string subject, int? version)
    {
        WantAnewOnItsWay(subject, version);
        using var rows = db.Ask($"UPDATE cards SET wanted = CASE WHEN wanted >= ?2 THEN wanted ELSE coalesce(?2, wanted + 1) END, {AnotherShown}, gave_up = 0, try_at = 0, tries = 0 WHERE subject = ?1 AND message IS NOT NULL RETURNING room")
            .With(subject).With((long?)version);
        var cards = new List<CardKey>();
        while (rows.Read())
        {
            cards.Add(new CardKey(subject, rows.Text(0)));
        }
        return cards;
    }

    /// <summary>Written before, it may be on its way to a room where it stands nowhere yet: what arrives then is no longer what is wanted.</summary>
    private void WantAnewOnItsWay(string subject, int? version) =>
        db.Ask($"UPDATE cards SET wanted = CASE WHEN wanted >= ?2 THEN wanted ELSE coalesce(?2, wanted + 1) END, {AnotherShown} WHERE subject = ?1 AND message IS NULL AND shown < wanted AND gave_up < wanted")
            .With(subject).With((long?)version).Run();

    public IReadOnlyList<CardKey> ShowThreadsAnew(string aspect, DateTimeOffset since)
    {
        // By its columns, so that a case that can't be read stops nobody: what was closed since then was changed since then.
        var threads = db.Ask("SELECT id FROM cases WHERE id > 0 AND aspect = ? AND (state <> 2 OR changed >= ?)").With(aspect).With(since).Numbers();
        return [.. threads.SelectMany(id => ShowAnew($"thread:{id}", version: 0))];
    }

    /// <summary>Those whose events are told, and the others with what is left of them.</summary>
    private (List<long> Readable, List<(long Version, string Left)> Unreadable) VersionsOf(long caseId)
    {
        using var rows = db.Ask("SELECT event, version FROM case_events WHERE case_id = ? ORDER BY version").With(caseId);
        var (readable, unreadable) = (new List<long>(), new List<(long, string)>());
        while (rows.Read())
        {
            if (CaseLists.Read(rows, caseId) is null)
            {
                unreadable.Add((rows.Long(1), rows.Text(0)));
            }
            else
            {
                readable.Add(rows.Long(1));
            }
        }
        return (readable, unreadable);
    }

    private static List<VerdictGiven> Verdicts(Statement rows)
    {
        var verdicts = new List<VerdictGiven>();
        while (rows.Read())
        {
            verdicts.Add(new VerdictGiven(rows.Long(0), rows.Text(1), new Responder(rows.Text(2), rows.Text(3)), rows.Time(4)));
        }
        return verdicts;
    }

    private static List<PressHeard> Presses(Statement rows)
    {
        var presses = new List<PressHeard>();
        while (rows.Read())
        {
            presses.Add(new PressHeard(rows.Text(0), new Responder(rows.Text(1), rows.Text(2)), rows.Text(3), rows.JsonOr(4, StoreJson.Default.PressAnswer, PressAnswer.Done), rows.Time(5)));
        }
        return presses;
    }

    /// <summary>As lower() of SQLite has it: a-z alone.</summary>
    internal static string Lower(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c));

    internal static string InJson(string text) => Lower(Escaped(text));

    private static string Escaped(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
}
