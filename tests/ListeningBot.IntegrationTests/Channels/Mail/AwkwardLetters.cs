using static ListeningBot.IntegrationTests.Channels.Mail.AwkwardLetter;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>Letters of our own making, each with one thing that mailers do wrong or seldom.</summary>
internal static partial class AwkwardLetters
{
    private static readonly string[] Charsets =
    [
        "utf-8", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258",
        "iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-13", "iso-8859-15", "koi8-r", "koi8-u", "shift_jis", "iso-2022-jp", "euc-jp", "gb18030", "gb2312", "big5", "euc-kr", "windows-874",
    ];

    private static string Sample(string charset) => charset switch
    {
        "windows-1250" or "iso-8859-2" => "Moje zásilka nepřišla",
        "windows-1251" or "iso-8859-5" or "koi8-r" => "Мой заказ не пришёл",
        "koi8-u" => "Моє замовлення не прийшло",
        "windows-1253" or "iso-8859-7" => "Η παραγγελία μου δεν ήρθε",
        "windows-1254" => "Siparişim gelmedi",
        "windows-1255" => "ההזמנה שלי לא הגיעה",
        "windows-1256" => "طلبي لم يصل",
        "windows-1257" or "iso-8859-13" => "Mano užsakymas neatėjo",
        "shift_jis" or "iso-2022-jp" or "euc-jp" => "注文が届きません",
        "gb18030" or "gb2312" => "我的订单没有到",
        "big5" => "我的訂單沒有到",
        "euc-kr" => "주문이 안 왔어요",
        "windows-874" => "สินค้าไม่มา",
        "windows-1258" => "đơn hàng",
        _ => "Meine Bestellung für 50 € fehlt",
    };

    public static IReadOnlyList<AwkwardLetter> All { get; } = [.. InCharsets(), .. Subjects(), .. Senders(), .. Bodies(), .. Parts(), .. Histories(), .. Machines(), .. Threads(), .. Dates(),
        .. MoreCharsets(), .. MoreSubjects(), .. MoreSenders(), .. MoreBodies(), .. MoreHtml(), .. MoreParts(), .. MoreHistories(), .. MoreMachines(), .. MoreThreads()];

    private static IEnumerable<AwkwardLetter> InCharsets()
    {
        foreach (var charset in Charsets)
        {
            var text = Sample(charset);
            yield return new($"8 bits in {charset}", $"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\nSubject: =?{charset}?B?{Base64(charset, text)}?=\n\n{In(charset, text)}\n") { Title = text, Text = text };
            yield return new($"base64 in {charset}", $"Content-Type: text/plain; charset=\"{charset.ToUpperInvariant()}\"\nContent-Transfer-Encoding: BASE64\n\n{Base64(charset, text)}\n") { Text = text };
        }
        yield return new("utf-8 that claims to be ascii", $"Content-Type: text/plain; charset=us-ascii\n\n{In("utf-8", "Grüße")}") { Text = "Grüße" };
        yield return new("western that claims to be utf-8", $"Content-Type: text/plain; charset=utf-8\n\n{In("windows-1252", "Grüße für Jörg")}") { Text = "Grüße für Jörg" };
        yield return new("no charset, utf-8", $"Subject: x\n\n{In("utf-8", "Grüße")}") { Text = "Grüße" };
        yield return new("no charset, western", $"Subject: x\n\n{In("windows-1252", "Grüße – jetzt")}") { Text = "Grüße – jetzt" };
        yield return new("no charset, Japanese escapes", $"Subject: x\n\n{In("iso-2022-jp", "注文が届きません")}") { Text = "注文が届きません" };
        yield return new("a charset nobody knows", $"Content-Type: text/plain; charset=x-klingon\n\n{In("utf-8", "Grüße")}") { Text = "Grüße" };
        yield return new("latin1 with Windows characters", "Content-Type: text/plain; charset=iso-8859-1\n\n\x93quoted\x94 \x80 5") { Text = "“quoted” € 5" };
        yield return new("utf-7 is not decoded", "Content-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4-") { Text = "(This letter is in UTF-7, which is not decoded: its characters stand here as they came.)\n+ADw-script+AD4-" };
        yield return new("a byte order mark", $"Content-Type: text/plain; charset=utf-8\n\n{In("utf-8", "\uFEFFHello")}") { Text = "Hello" };
    }

    private static IEnumerable<AwkwardLetter> Subjects()
    {
        yield return new("Q words", "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=\n\nx") { Title = "Grüße aus Köln" };
        yield return new("adjacent words", "Subject: =?utf-8?Q?eins?= =?utf-8?Q?zwei?=\n\nx") { Title = "einszwei" };
        yield return new("adjacent words on two lines", "Subject: =?utf-8?Q?eins?=\n =?utf-8?Q?_zwei?=\n\nx") { Title = "eins zwei" };
        yield return new("a character split over two words", "Subject: =?utf-8?Q?K=C3?= =?utf-8?Q?=B6ln?=\n\nx") { Title = "Köln" };
        yield return new("a base64 character split over two words", "Subject: =?utf-8?B?5rOo5paH44GM5bGK?=\n =?utf-8?B?44GN44G+44Gb44KT?=\n\nx") { Title = "注文が届きません" };
        yield return new("words of two charsets", $"Subject: =?koi8-r?B?{Base64("koi8-r", "Жалоба")}?= =?iso-8859-1?Q?f=FCr?=\n\nx") { Title = "Жалобаfür" };
        yield return new("a word amid text", "Subject: Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= there\n\nx") { Title = "Re: Grüße there" };
        yield return new("a word glued to text", "Subject: Re:=?utf-8?Q?Gr=C3=BC=C3=9Fe?=!\n\nx") { Title = "Re:Grüße!" };
        yield return new("spaces inside a Q word", "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe aus hier?=\n\nx") { Title = "Grüße aus hier" };
        yield return new("a question mark inside a Q word", "Subject: =?utf-8?Q?What??=\n\nx") { Title = "What?" };
        yield return new("a word that never ends", "Subject: =?utf-8?Q?Gr=C3=BC\n\nx") { Title = "Grü" };
        yield return new("a word in an unknown charset", $"Subject: =?x-odd?B?{Base64("utf-8", "Grüße")}?=\n\nx") { Title = "Grüße" };
        yield return new("a word in utf-7", "Subject: =?utf-7?Q?+ADw-b+AD4-?=\n\nx") { Title = "+ADw-b+AD4-" };
        yield return new("a word with a language", "Subject: =?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=\n\nx") { Title = "Grüße" };
        yield return new("a word in lower case", "Subject: =?UTF-8?q?a=5fb=3F?=\n\nx") { Title = "a_b?" };
        yield return new("base64 without padding", "Subject: =?utf-8?B?SGVsbG8?=\n\nx") { Title = "Hello" };
        yield return new("an empty word", "Subject: =?utf-8?Q??= ok\n\nx") { Title = "ok" };
        yield return new("a bare equals sign", "Subject: =?utf-8?Q?1 = 1 =ZZ?=\n\nx") { Title = "1 = 1 =ZZ" };
        yield return new("raw utf-8", $"Subject: {In("utf-8", "Grüße 😡")}\n\nx") { Title = "Grüße 😡" };
        yield return new("raw western", $"Subject: {In("windows-1252", "Grüße")}\n\nx") { Title = "Grüße" };
        yield return new("a folded subject", "Subject: one\n two\n\tthree\n\nx") { Title = "one two three" };
        yield return new("a subject with control characters", "Subject: a\x1b[31m b\x07 c\n\nx") { Title = "a [31m b c" };
        yield return new("a line break smuggled in a word", "Subject: =?utf-8?Q?a=0D=0ABcc:_x?=\n\nx") { Title = "a Bcc: x" };
        yield return new("no subject", "X-A: b\n\nx") { Title = "" };
        yield return new("two subjects", "Subject: first\nSubject: second\n\nx") { Text = "x" };
        yield return new("quotes and backslashes", "Subject: say \"no\" to \\this\\ {5}\n\nx") { Title = "say \"no\" to \\this\\ {5}" };
        yield return new("a long subject", $"Subject: {string.Concat(Enumerable.Repeat("very ", 900))}\n\nx") { Title = string.Concat(Enumerable.Repeat("very ", 200)).TrimEnd() };
    }

    private static IEnumerable<AwkwardLetter> Senders()
    {
        yield return new("capitals in the address", "From: MIA@Example.ORG\n\nx") { Address = "mia@example.org", Author = "" };
        yield return new("an encoded name", "From: =?iso-8859-1?Q?J=F6rg_M=FCller?= <j@example.org>\n\nx") { Author = "Jörg Müller", Address = "j@example.org" };
        yield return new("an encoded name in quotes", "From: \"=?utf-8?Q?M=C3=BCller=2C_J=C3=B6rg?=\" <j@example.org>\n\nx") { Author = "Müller, Jörg" };
        yield return new("a name with a comma in quotes", "From: \"Lang, Mia\" <m@example.org>\n\nx") { Author = "Lang, Mia" };
        yield return new("a raw utf-8 name", $"From: {In("utf-8", "Łukasz Żak")} <l@example.org>\n\nx") { Author = "Łukasz Żak" };
        yield return new("two senders", "From: A <a@example.org>, B <b@example.org>\nSender: b@example.org\n\nx") { Address = "a@example.org" };
        yield return new("a comment for a name", "From: m@example.org (Mia Lang)\n\nx") { Address = "m@example.org" };
        yield return new("a name that looks like another address", "From: \"support@acme.example\" <evil@example.org>\n\nx") { Address = "evil@example.org" };
        yield return new("an empty sender with a Sender", "From: \nSender: s@example.org\n\nx") { Text = "x" };
        yield return new("a sender without a host", "From: root\n\nx") { Text = "x" };
        yield return new("a name of control characters", "From: =?utf-8?Q?a=0D=0Ab?= <c@example.org>\n\nx") { Author = "a b" };
    }

    private static IEnumerable<AwkwardLetter> Bodies()
    {
        yield return new("quoted-printable with soft breaks", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nMeine Best=\nellung ist ka=\nputt=21") { Text = "Meine Bestellung ist kaputt!" };
        yield return new("quoted-printable with spaces after the soft break", "Content-Transfer-Encoding: quoted-printable\n\nbro=  \nken") { Text = "broken" };
        yield return new("quoted-printable with bad escapes", "Content-Transfer-Encoding: quoted-printable\n\n100=% of =G1 and a = sign=") { Text = "100=% of =G1 and a = sign" };
        yield return new("quoted-printable in lower case", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: Quoted-Printable\n\nGr=c3=bc=c3=9fe") { Text = "Grüße" };
        yield return new("base64 with line breaks and rubbish", "Content-Transfer-Encoding: base64\n\nSGVs\n bG93!\n*b3J\nsZA==\n") { Text = "Helloworld" };
        yield return new("base64 with padding in the middle", "Content-Transfer-Encoding: base64\n\nSGVsbG8g\nd29ybGQ=\nIQ==\n") { Text = "Hello world!" };
        yield return new("base64 with a list's footer below", "Content-Transfer-Encoding: base64\n\nSGVsbG8gd29ybGQ=\n_______________________________________________\nCare mailing list\ncare@example.org\n") { Text = "Hello world" };
        yield return new("an unknown transfer encoding", "Content-Transfer-Encoding: x-wonder\n\nplain") { Text = "plain" };
        yield return new("flowed text", "Content-Type: text/plain; format=flowed\n\nThis goes \non and \non.\nNew line.") { Text = "This goes on and on.\nNew line." };
        yield return new("flowed text with DelSp", "Content-Type: text/plain; format=flowed; delsp=yes\n\nThis goes \non.") { Text = "This goeson." };
        yield return new("flowed and stuffed", "Content-Type: text/plain; format=flowed\n\n From here\n >not a quote") { Text = "From here\n >not a quote" };
        yield return new("an empty letter", "Subject: empty\n\n") { Text = "", Title = "empty" };
        yield return new("only white space", "Subject: x\n\n  \n\t\n") { Text = "" };
        yield return new("no text and no empty line", "Subject: x") { Text = "", Title = "x" };
        yield return new("many empty lines", "Subject: x\n\na\n\n\n\n\nb\n") { Text = "a\n\nb" };
        yield return new("spaces that do not break", $"Content-Type: text/plain; charset=utf-8\n\n{In("utf-8", "a\u00A0b")}") { Text = "a b" };
        yield return new("a NUL and an escape", "Subject: x\n\na\x1b[2Jb\u0001c") { Text = "a[2Jbc" };
        yield return new("a dot alone", "Subject: x\n\na\n.\nb") { Text = "a\n.\nb" };
        yield return new("HTML alone", "Content-Type: text/html; charset=utf-8\n\n<html><head><style>p{color:red}</style></head><body><p>My <b>order</b> is late</p><p>Help!</p></body></html>") { Text = "My order is late\n\nHelp!" };
        yield return new("HTML with its charset inside", $"Content-Type: text/html\n\n<html><head><meta charset=windows-1251></head><body>{In("windows-1251", "Жалоба")}</body></html>") { Text = "Жалоба" };
        yield return new("HTML with entities", "Content-Type: text/html\n\n<p>Gr&uuml;&szlig;e &amp; &#128545; &lt;b&gt;</p>") { Text = "Grüße & 😡 <b>" };
        yield return new("broken HTML", "Content-Type: text/html\n\n<p>open <b>bold <i>never closed <a href=x") { Text = "open bold never closed" };
    }

    private static string Multi(string kind, string header, params string[] parts) => $"MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=\"b=_1\"\n{header}\npreamble\n{string.Concat(parts.Select(p => $"--b=_1\n{p}\n"))}--b=_1--\n";

    private static IEnumerable<AwkwardLetter> Parts()
    {
        const string Plain = "Content-Type: text/plain\n\nplain words";
        const string Html = "Content-Type: text/html\n\n<p>html words</p>";
        const string Picture = "Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\nContent-Disposition: inline\n\niVBORw0KGgo=";
        const string Log = "Content-Type: text/plain; name=\"log.txt\"\nContent-Disposition: attachment; filename=\"log.txt\"\n\nlog words";
        yield return new("alternative", Multi("alternative", "", Plain, Html)) { Text = "plain words" };
        yield return new("alternative in the wrong order", Multi("alternative", "", Html, Plain)) { Text = "plain words" };
        yield return new("alternative with an empty plain form", Multi("alternative", "", "Content-Type: text/plain\n\n \n", Html)) { Text = "html words" };
        yield return new("mixed with an attached log", Multi("mixed", "", Plain, Log)) { Text = "plain words" };
        yield return new("the attachment first", Multi("mixed", "", Log, Plain)) { Text = "plain words" };
        yield return new("text, picture, text", Multi("mixed", "", Plain, Picture, "Content-Type: text/plain\n\nmore words")) { Text = "plain words\n\nmore words" };
        yield return new("related HTML", Multi("related", "", Html, Picture)) { Text = "html words" };
        yield return new("only a picture", Multi("mixed", "Subject: pic\n", Picture)) { Text = "", Title = "pic" };
        yield return new("only an attached log", Multi("mixed", "", Log)) { Text = "" };
        yield return new("a file name in pieces", Multi("mixed", "", "Content-Type: text/plain\nContent-Disposition: attachment; filename*0*=utf-8''l%C3%B6; filename*1=g.txt\n\nlog words", Plain)) { Text = "plain words" };
        yield return new("a charset in pieces", "Content-Type: text/plain; charset*0=koi8; charset*1=-r\n\n" + In("koi8-r", "Жалоба")) { Text = "Жалоба" };
        yield return new("signed", Multi("signed", "", Plain, "Content-Type: application/pgp-signature\n\nxx")) { Text = "plain words" };
        yield return new("encrypted", Multi("encrypted", "Subject: s\n", "Content-Type: application/pgp-encrypted\n\nVersion: 1", "Content-Type: application/octet-stream\n\nxx")) { Text = "(This letter is encrypted. Open it in the mailbox.)", Title = "s" };
        yield return new("a letter within the letter is not entered", Multi("mixed", "", Plain, "Content-Type: message/rfc822\n\nFrom: x@example.org\nSubject: inner\n\ninner words")) { Text = "plain words" };
        yield return new("nested", Multi("mixed", "", "Content-Type: multipart/related; boundary=\"in1\"\n\n--in1\nContent-Type: multipart/alternative; boundary=\"in2\"\n\n--in2\n" + Plain + "\n--in2\n" + Html + "\n--in2--\n--in1\n" + Picture + "\n--in1--", Log)) { Text = "plain words" };
        yield return new("a boundary that never comes", "Content-Type: multipart/mixed; boundary=nowhere\n\njust words") { Title = "" };
        yield return new("a multipart that never ends", "Content-Type: multipart/mixed; boundary=b2\n\n--b2\nContent-Type: text/plain\n\nplain words") { Text = "plain words" };
        yield return new("a content type of rubbish", "Content-Type: ;;==\n\nplain words") { Title = "" };
        yield return new("a calendar beside the text", Multi("alternative", "", Plain, "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR")) { Text = "plain words" };
        yield return new("a delivery report with text", Multi("report; report-type=delivery-status", "", Plain, "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n")) { Text = "plain words", Automatic = true };
    }

    private static IEnumerable<AwkwardLetter> Histories()
    {
        foreach (var attribution in new[]
        {
            "On Mon, 2 Nov 2026 at 09:00, Care <care@acme.example> wrote:", "On Mon, 2 Nov 2026 at 09:00, Care\n<care@acme.example> wrote:", "Am 02.11.2026 um 09:00 schrieb Care:", "Am Mo., 2. Nov. 2026 um 09:00 Uhr schrieb Care <care@acme.example>:",
            "Le lun. 2 nov. 2026 à 09:00, Care <care@acme.example> a écrit :", "El lun, 2 nov 2026 a las 9:00, Care (<care@acme.example>) escribió:", "Il giorno lun 2 nov 2026 alle ore 09:00 Care <care@acme.example> ha scritto:",
            "Em seg., 2 de nov. de 2026 às 09:00, Care <care@acme.example> escreveu:", "Op ma 2 nov 2026 om 09:00 schreef Care <care@acme.example>:", "Den mån 2 nov. 2026 kl 09:00 skrev Care <care@acme.example>:", "pon., 2 lis 2026 o 09:00 Care <care@acme.example> napisał(a):",
            "пн, 2 нояб. 2026 г. в 09:00, Care <care@acme.example>:\n> wrote", "2026年11月2日(月) 9:00 Care <care@acme.example>:\n> wrote",
        })
        {
            var own = "Still broken.";
            yield return new($"quoted after: {attribution.Split('\n')[0]}", $"Content-Type: text/plain; charset=utf-8\nSubject: Re: x\n\n{own}\n\n{In("utf-8", attribution)}\n> We are sorry\n>> old\n") { Text = attribution.EndsWith("wrote", StringComparison.Ordinal) ? null : own };
        }
        foreach (var rule in new[] { "-----Original Message-----", "-----Ursprüngliche Nachricht-----", "-------- Message d'origine --------", "-----Mensaje original-----", "-----Messaggio originale-----", "-----Oorspronkelijk bericht-----", "-----原始邮件-----" })
        {
            yield return new($"below {rule}", $"Content-Type: text/plain; charset=utf-8\nSubject: AW: x\n\nStill broken.\n\n{In("utf-8", rule)}\nFrom: Care\nWe are sorry\n") { Text = "Still broken." };
        }
        foreach (var block in new[] { "From: Care\nSent: Monday\nTo: Ann\nSubject: x", "Von: Care\nGesendet: Montag\nAn: Ann\nBetreff: x", "De : Care\nEnvoyé : lundi\nÀ : Ann\nObjet : x", "De: Care\nEnviado: lunes\nPara: Ann\nAsunto: x", "Da: Care\nInviato: lunedì\nA: Ann\nOggetto: x", "*From:* Care\n*Sent:* Monday\n*To:* Ann\n*Subject:* x", "________________________________\nFrom: Care\nSent: Monday\nSubject: x" })
        {
            yield return new($"below the header {block.Split('\n')[0]}", $"Content-Type: text/plain; charset=utf-8\nSubject: Re: x\n\nStill broken.\n\n{In("utf-8", block)}\n\nWe are sorry\n") { Text = "Still broken." };
        }
        yield return new("answers between the quotes", "Subject: Re: x\n\n> Is it on?\nYes.\n> Is it red?\nNo.\n") { Text = "Yes.\nNo." };
        yield return new("the answer below the quote", "Subject: Re: x\n\nOn 2 Nov 2026, Care wrote:\n> We are sorry\n\nStill broken.\n") { Text = "Still broken." };
        yield return new("nothing but quotes", "Subject: Re: x\n\n> We are sorry\n> truly\n") { Text = "> We are sorry\n> truly" };
        yield return new("a forwarded letter keeps what it forwards", "Subject: Fwd: broken\n\nsee below\n\n-----Original Message-----\nFrom: Mia\nIt is broken\n") { Text = "see below\n\n-----Original Message-----\nFrom: Mia\nIt is broken" };
        yield return new("words that only look like an attribution", "Subject: x\n\nOn Monday I wrote:\nplease help\n") { Text = "On Monday I wrote:\nplease help" };
        yield return new("a signature", "Subject: x\n\nStill broken.\n-- \nAnn\nPhone 123\n") { Text = "Still broken." };
        yield return new("nothing but a signature", "Subject: x\n\n-- \nAnn\n") { Text = "--\nAnn" };
        yield return new("from a phone", "Subject: x\n\nStill broken.\n\nSent from my iPhone\n") { Text = "Still broken." };
        yield return new("von einem Telefon", "Subject: x\n\nImmer noch kaputt.\n\nVon meinem iPhone gesendet\n") { Text = "Immer noch kaputt." };
        yield return new("a disclaimer", "Subject: x\n\nStill broken.\n\nThis e-mail and any attachments are confidential and intended solely for the addressee.\nDelete it.\n") { Text = "Still broken." };
        yield return new("ein Haftungsausschluss", "Content-Type: text/plain; charset=utf-8\nSubject: x\n\nImmer noch kaputt.\n\n" + In("utf-8", "Diese E-Mail enthält vertrauliche Informationen.\nLöschen Sie sie.\n")) { Text = "Immer noch kaputt." };
        yield return new("a quote of Gmail", "Content-Type: text/html\nSubject: Re: x\n\n<div dir=\"ltr\">Still broken.</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">On Mon wrote:<br></div><blockquote class=\"gmail_quote\">We are <div>sorry</div></blockquote></div>") { Text = "Still broken." };
        yield return new("a quote of Apple Mail, answer below", "Content-Type: text/html\nSubject: Re: x\n\n<blockquote type=\"cite\">We are <blockquote type=cite>very</blockquote> sorry</blockquote><p>Still broken.</p>") { Text = "Still broken." };
        yield return new("a border of Outlook", "Content-Type: text/html\nSubject: Re: x\n\n<p>Still broken.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt'><p><b>From:</b> Care</p></div><p>We are sorry</p>") { Text = "Still broken." };
        yield return new("Outlook on the web", "Content-Type: text/html\nSubject: Re: x\n\n<div>Still broken.</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Care</div><div>We are sorry</div>") { Text = "Still broken." };
        yield return new("a forward of Gmail", "Content-Type: text/html\nSubject: Fwd: x\n\n<div>see</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">---------- Forwarded message ---------<br></div>It is broken</div>") { Text = "see\n---------- Forwarded message ---------\nIt is broken" };
        yield return new("nothing but a quote in HTML", "Content-Type: text/html\nSubject: Re: x\n\n<blockquote type=\"cite\">We are sorry</blockquote>") { Text = "We are sorry" };
    }

    private static IEnumerable<AwkwardLetter> Machines()
    {
        foreach (var header in new[] { "Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated; x=y", "Precedence: bulk", "Precedence: list", "Precedence: auto_reply", "List-Id: News <news.example.org>", "Return-Path: <>", "X-Auto-Response-Suppress: OOF, AutoReply", "X-Auto-Response-Suppress: All", "X-Autoreply: yes", "X-Autorespond: x", "Subject: Out of office: back on Monday\nIn-Reply-To: <ours@acme.example>", "Subject: Automatic reply: x\nIn-Reply-To: <ours@acme.example>", "Subject: Automatische Antwort: x\nIn-Reply-To: <ours@acme.example>", "Subject: =?utf-8?Q?R=C3=A9ponse_automatique?= : x\nIn-Reply-To: <ours@acme.example>", "Subject: Undelivered Mail Returned to Sender\nIn-Reply-To: <ours@acme.example>", "From: MAILER-DAEMON@example.org", "From: Mail Delivery <postmaster@example.org>" })
        {
            yield return new($"a machine by {header.Split('\n')[0]}", $"{header}\n\nx") { Automatic = true };
        }
        foreach (var header in new[] { "Auto-Submitted: no", "Precedence: first-class", "X-Auto-Response-Suppress: None", "Subject: Your automatic reply is useless", "Subject: I am out of office chairs", "List-Id: Care <care.acme.example>\nPrecedence: list", "Return-Path: <ann@example.org>" })
        {
            yield return new($"a human in spite of {header.Split('\n')[0]}", $"{header}\n\nx") { Automatic = false };
        }
    }

    private static IEnumerable<AwkwardLetter> Threads()
    {
        yield return new("an answer", "Message-ID: <b@x>\nIn-Reply-To: <a@x>\nReferences: <root@x> <a@x>\n\nx") { Id = "b@x", Answers = "a@x", Thread = "root@x" };
        yield return new("references alone", "References: <root@x>\n <a@x>\n\nx") { Answers = "a@x", Thread = "root@x" };
        yield return new("in-reply-to alone", "In-Reply-To: <a@x>\n\nx") { Answers = "a@x", Thread = "a@x" };
        yield return new("in-reply-to with words around", "In-Reply-To: Your message of Monday <a@x> (thanks)\n\nx") { Answers = "a@x" };
        yield return new("references without spaces", "References: <root@x><a@x>\n\nx") { Answers = "a@x", Thread = "root@x" };
        yield return new("an id without brackets", "Message-ID: c@x\n\nx") { Id = "c@x" };
        yield return new("an id with spaces", "Message-ID: < d@x >\n\nx") { Id = "d@x" };
        yield return new("an empty id", "Message-ID: \n\nx") { Text = "x" };
        yield return new("an endless id", $"Message-ID: <{new string('e', 2000)}@x>\n\nx") { Text = "x" };
    }

    private static IEnumerable<AwkwardLetter> Dates()
    {
        foreach (var (date, utc) in new[]
        {
            ("Mon, 2 Nov 2026 09:00:00 +0100", "2026-11-02T08:00:00Z"), ("2 Nov 2026 09:00 +0100", "2026-11-02T08:00:00Z"), ("Mon, 02 Nov 26 09:00:00 GMT", "2026-11-02T09:00:00Z"), ("Mon, 2 Nov 2026 09:00:00 -0500 (EST)", "2026-11-02T14:00:00Z"),
            ("Mon, 2 Nov 2026 09:00:00 PST", "2026-11-02T17:00:00Z"), ("Fri, 2 Nov 2026 09:00:00 +0000", "2026-11-02T09:00:00Z"), ("Mon,  2  Nov 2026 9:00:00 +0530", "2026-11-02T03:30:00Z"), ("Mon, 2 Nov 2026 09:00:60 +0000", "2026-11-02T09:00:59Z"),
            ("Thu, 1 Jan 1970 00:00:00 +0000", ""), ("Fri, 1 Jan 2100 00:00:00 +0000", "2100-01-01T00:00:00Z"), ("yesterday, I think", "received"), ("Mon, 31 Feb 2026 09:00:00 +0000", "received"), ("", "received"),
        })
        {
            yield return new($"the date {date}", $"Date: {date}\n\nx") { Posted = utc };
        }
    }
}
