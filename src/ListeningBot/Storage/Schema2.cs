namespace ListeningBot.Storage;

/// <summary>
/// Version 2: what responders need. The cases of version 1 get their columns from their JSON; what is due in them is reckoned anew at the start.
/// state 0, 1, 3, 4, 5: somebody must act (unclaimed, claimed, shown, answered, waiting).
/// </summary>
internal static class Schema2
{
    public const string Sql = """
        ALTER TABLE cases ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE cases ADD COLUMN team TEXT NOT NULL DEFAULT '';
        ALTER TABLE cases ADD COLUMN aspect TEXT NOT NULL DEFAULT 'other';
        ALTER TABLE cases ADD COLUMN owner TEXT;
        ALTER TABLE cases ADD COLUMN customer INTEGER;
        ALTER TABLE cases ADD COLUMN in_group INTEGER;
        ALTER TABLE cases ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
        UPDATE cases SET
            priority = CASE json_extract(body, '$.priority') WHEN 'Critical' THEN 3 WHEN 'High' THEN 2 WHEN 'Normal' THEN 1 ELSE 0 END,
            team = ifnull(json_extract(body, '$.teams[0]'), ''),
            owner = json_extract(body, '$.owner.id'),
            changed = ifnull((SELECT max(at) FROM case_events e WHERE e.case_id = cases.id), first_seen),
            aspect = ifnull((SELECT json_extract(m.body, '$.assessment.aspect') FROM mentions m WHERE m.id = json_extract(cases.body, '$.firstMention')), 'other');
        UPDATE cases SET body = json_set(body, '$.aspect', aspect);

        -- what is read out of JSON has no defaults: lists that version 1 did not know are empty there
        UPDATE cases SET body = json_insert(body, '$.promises', json('[]'), '$.taken', json('[]'));
        UPDATE mentions SET body = json_insert(body, '$.onTrial', json('[]'));

        -- answered is a state now
        UPDATE cases SET state = 4, body = json_set(body, '$.state', 'Answered') WHERE state IN (0, 1) AND json_extract(body, '$.answeredAt') IS NOT NULL;

        -- what waited for more than a day under version 1, which knew one ping alone, is reminded of by the floor: nobody is called for each step that would long be over
        UPDATE cases SET body = json_set(body, '$.taken', (
                SELECT json_group_array(json_object('step', value, 'at', (SELECT max(moved_at) FROM cursors)))
                FROM json_each('["Ping", "Lead", "Manager", "Repeat", "Repeat", "Repeat", "WarnTarget", "TargetMissed"]')))
            WHERE state IN (0, 1) AND first_seen < (SELECT max(moved_at) FROM cursors) - 86400000;
        UPDATE case_events SET event = json_insert(event, '$.aspect', (SELECT aspect FROM cases WHERE id = case_id)) WHERE json_extract(event, '$.event') = 'opened';
        DROP INDEX cases_due;
        CREATE INDEX cases_due ON cases (priority, due) WHERE due IS NOT NULL;
        CREATE INDEX cases_live ON cases (team, priority DESC, posted) WHERE state IN (0, 1, 3, 4, 5);
        CREATE INDEX cases_of_owner ON cases (owner, priority DESC, posted) WHERE state IN (0, 1, 3, 4, 5) AND owner IS NOT NULL;
        CREATE INDEX cases_ended ON cases (aspect, id DESC) WHERE state IN (2, 6, 7);
        CREATE INDEX cases_changed ON cases (team, changed);
        CREATE INDEX cases_seen ON cases (team, first_seen);
        CREATE INDEX cases_of_customer ON cases (customer, id) WHERE customer IS NOT NULL;
        CREATE INDEX cases_of_group ON cases (in_group, priority DESC, posted) WHERE in_group IS NOT NULL AND state IN (0, 3, 4) AND owner IS NULL;
        CREATE INDEX gaps_of_channel ON gaps (channel, to_at);
        CREATE INDEX cards_of_message ON cards (message) WHERE message IS NOT NULL;

        -- accounts and buttons are JSON lists
        ALTER TABLE pings ADD COLUMN to_accounts TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE pings ADD COLUMN buttons TEXT NOT NULL DEFAULT '[]';

        CREATE TABLE customers (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
        CREATE TABLE customer_accounts (ns TEXT NOT NULL, author TEXT NOT NULL, customer INTEGER NOT NULL REFERENCES customers (id), PRIMARY KEY (ns, author)) WITHOUT ROWID, STRICT;
        CREATE INDEX accounts_of_customer ON customer_accounts (customer);

        -- where profiles and own pages stand: host and path
        CREATE TABLE customer_addresses (address TEXT NOT NULL, customer INTEGER NOT NULL REFERENCES customers (id), PRIMARY KEY (address, customer)) WITHOUT ROWID, STRICT;
        CREATE INDEX addresses_of_customer ON customer_addresses (customer);

        -- the authors of the cases of version 1 become customers, told apart as cases tell them: by id, else by handle
        INSERT INTO customers (id, body)
            SELECT min(c.id), json_object('id', 0, 'accounts', json_array(json_object('namespace', m.ns,
                'author', ifnull(nullif(json_extract(m.body, '$.post.author.id'), ''), json_extract(m.body, '$.post.author.handle')),
                'name', json_extract(m.body, '$.post.author.name'), 'handle', json_extract(m.body, '$.post.author.handle'),
                'addresses', json('[]'), 'links', json('[]'), 'pages', json('[]'))))
            FROM cases c JOIN mentions m ON m.id = json_extract(c.body, '$.firstMention')
            WHERE ifnull(nullif(json_extract(m.body, '$.post.author.id'), ''), nullif(json_extract(m.body, '$.post.author.handle'), '')) IS NOT NULL
            GROUP BY m.ns, ifnull(nullif(json_extract(m.body, '$.post.author.id'), ''), json_extract(m.body, '$.post.author.handle'));
        INSERT INTO customer_accounts (ns, author, customer) SELECT json_extract(body, '$.accounts[0].namespace'), json_extract(body, '$.accounts[0].author'), id FROM customers;
        UPDATE cases SET customer = (
            SELECT a.customer FROM mentions m JOIN customer_accounts a
            ON a.ns = m.ns AND a.author = ifnull(nullif(json_extract(m.body, '$.post.author.id'), ''), json_extract(m.body, '$.post.author.handle'))
            WHERE m.id = json_extract(cases.body, '$.firstMention'));
        UPDATE cases SET body = json_set(body, '$.customer', customer) WHERE customer IS NOT NULL;

        -- authors to be looked up after the card: done when looked_at is set; contacts is a JSON list
        CREATE TABLE lookups (mention INTEGER PRIMARY KEY REFERENCES mentions (id), try_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, looked_at INTEGER, contacts TEXT NOT NULL DEFAULT '[]') STRICT;
        CREATE INDEX lookups_due ON lookups (try_at) WHERE looked_at IS NULL;

        -- where the post stands, as WebAddress writes it; of version 1 nearly so
        ALTER TABLE mentions ADD COLUMN address TEXT;
        UPDATE mentions SET address = rtrim(replace(replace(replace(json_extract(body, '$.post.url'), 'https://', ''), 'http://', ''), 'www.', ''), '/');
        CREATE INDEX mentions_at ON mentions (address, id) WHERE address IS NOT NULL;
        CREATE INDEX cases_free ON cases (team, priority DESC, posted) WHERE state IN (0, 3, 4) AND owner IS NULL;

        -- until_at: when it ends, or was ended
        CREATE TABLE silences (id INTEGER PRIMARY KEY AUTOINCREMENT, until_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX silences_until ON silences (until_at);
        ALTER TABLE tray ADD COLUMN silence INTEGER REFERENCES silences (id);
        ALTER TABLE tray_pages ADD COLUMN note TEXT;
        CREATE INDEX tray_of_silence ON tray (silence, team) WHERE silence IS NOT NULL;

        CREATE TABLE case_groups (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, aspect TEXT NOT NULL, opened_at INTEGER NOT NULL, last_at INTEGER NOT NULL, cases INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE INDEX groups_of_team ON case_groups (team, aspect, last_at);

        -- what the auditor has told the operators of a case, as long as it stays so
        CREATE TABLE alarms (case_id INTEGER NOT NULL, fault TEXT NOT NULL, told_at INTEGER NOT NULL, PRIMARY KEY (case_id, fault)) WITHOUT ROWID, STRICT;

        CREATE TABLE digests (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, period TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, UNIQUE (team, period, from_at)) STRICT;

        -- a chat account that says whose it is
        CREATE TABLE links (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, account_name TEXT NOT NULL, member TEXT NOT NULL, asked_at INTEGER NOT NULL, decided_at INTEGER, decided_by TEXT, yes INTEGER) STRICT;
        CREATE INDEX links_of_account ON links (account);
        CREATE INDEX links_of_member ON links (member);

        CREATE TABLE notes_heard (id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
        """;
}
