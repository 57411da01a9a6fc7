using static ListeningBot.IntegrationTests.Channels.Mail.AwkwardLetter;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>Bodies, HTML, parts, what is cut, and machines.</summary>
internal static partial class AwkwardLetters
{
    private static AwkwardLetter Plain(string name, string subject, string body, string text) =>
        new(name, $"Subject: {In("utf-8", subject)}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{In("utf-8", body)}\n") { Text = text };

    private static AwkwardLetter Page(string name, string html, string text) => new(name, $"Subject: Re: x\nContent-Type: text/html; charset=utf-8\n\n{In("utf-8", html)}\n") { Text = text };

    private static AwkwardLetter Flowed(string name, string body, string text, string parameters = "format=flowed") => new(name, $"Subject: Re: x\nContent-Type: text/plain; {parameters}\n\n{body}\n") { Text = text };

    private static IEnumerable<AwkwardLetter> MoreBodies()
    {
        yield return Flowed("flowed quotes of two depths", ">> old \n>> er\n> newer \n> still\nmine \nonly", "mine only");
        yield return Flowed("a flowed line does not run into a quote", "Yes \n> quote\nNo", "Yes\nNo");
        yield return Flowed("a flowed line does not run into a signature", "Yes \n-- \nAnn", "Yes");
        yield return Flowed("flowed with DelSp joins Japanese", "\u00e6\u00b3\u00a8 \n\u00e6\u0096\u0087", "注文", "charset=utf-8; format=flowed; DelSp=Yes");
        yield return Flowed("Format=Flowed in capitals", "one \ntwo", "one two", "FORMAT=Flowed");
        yield return Flowed("fixed format keeps its lines", "one \ntwo", "one\ntwo", "format=fixed");
        yield return Flowed("a stuffed From", " From now on \nit is broken", "From now on it is broken");
        yield return new("base64 that is plain words", "Content-Transfer-Encoding: base64\n\nMy order never came and nobody answers my calls.\nPlease help me now!\n") { Text = "My order never came and nobody answers my calls.\nPlease help me now!" };
        yield return new("base64 on one endless line", $"Content-Transfer-Encoding: base64\n\n{Base64("utf-8", string.Concat(Enumerable.Repeat("Broken. ", 60)))}\n") { Text = string.Concat(Enumerable.Repeat("Broken. ", 60)).Trim() };
        yield return new("base64 with a footer of words after the padding", "Content-Transfer-Encoding: base64\n\nSGVsbG8gd29ybGQhIQ==\nYou got this from the list, see www.list.example\n") { Text = "Hello world!!" };
        yield return new("base64 without its padding", "Content-Transfer-Encoding: base64\n\nSGVsbG8gd29ybGQ\n") { Text = "Hello world" };
        yield return new("an encoding in quotes", "Content-Transfer-Encoding: \"quoted-printable\"\nContent-Type: text/plain; charset=utf-8\n\nGr=C3=BC=C3=9Fe") { Title = "" };
        yield return new("quoted-printable of a line that ends in a tab", "Content-Transfer-Encoding: quoted-printable\n\none=09\ntwo") { Text = "one\ntwo" };
        yield return new("quoted-printable with a soft break at the very end", "Content-Transfer-Encoding: quoted-printable\n\nbroken=\n") { Text = "broken" };
        yield return new("quoted-printable with an encoded line end", "Content-Transfer-Encoding: quoted-printable\n\none=0D=0Atwo") { Text = "one\ntwo" };
        yield return new("quoted-printable with a character split by a soft break", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=\n=BC=C3=9Fe") { Text = "Grüße" };
        yield return new("a whole page as plain text", "Content-Type: text/plain; charset=utf-8\n\n<!DOCTYPE html>\n<html><body><p>My order</p><p>is late</p></body></html>") { Text = "My order\n\nis late" };
        yield return new("a customer who writes about tags", "Content-Type: text/plain\n\nYour page shows <html> at the top") { Text = "Your page shows <html> at the top" };
        yield return new("line ends of an old Mac", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + Base64("utf-8", "one\rtwo\rthree")) { Text = "one\ntwo\nthree" };
        yield return new("a form feed", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\none=0Ctwo") { Text = "one\ntwo" };
        yield return new("characters of the private range are not taken for marks", $"Content-Type: text/plain; charset=utf-8\n\n{In("utf-8", "\uE001not a quote")}") { Text = "not a quote" };
        yield return new("signed in place by PGP", "Content-Type: text/plain\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nIt broke.\n- -- list\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n") { Text = "It broke.\n-- list" };
        yield return new("encrypted in place by PGP", "Content-Type: text/plain\n\nSecret:\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n") { Text = "Secret:\n(What stood here is encrypted. Open the letter in the mailbox.)" };
        yield return new("a text far beyond the cap", $"Content-Type: text/plain\n\n{string.Concat(Enumerable.Repeat("long ", 20_000))}") { Text = string.Concat(Enumerable.Repeat("long ", 4000)) };
        yield return new("one endless word", $"Content-Type: text/plain\n\n{new string('a', 30_000)}") { Text = new string('a', 20_000) };
    }

    private static IEnumerable<AwkwardLetter> MoreHtml()
    {
        yield return Page("a table", "<table><tr><th>Order</th><th>State</th></tr><tr><td>5512</td><td>lost</td></tr></table>", "Order State\n5512 lost");
        yield return Page("a list", "<p>Broken:</p><ul><li>the lamp</li><li>the <b>key</b></li></ul>", "Broken:\n\n- the lamp\n- the key");
        yield return Page("a hidden line for previews", "<div style=\"display:none;max-height:0\">Preview words</div><p>It broke</p>", "It broke");
        yield return Page("a hidden line by size", "<span style=\"font-size:0px\">Preview</span><p>It broke</p>", "It broke");
        yield return Page("styles and scripts in the body", "<style>p{}</style><script>alert('x')</script><p>It broke</p>", "It broke");
        yield return Page("comments of Outlook", "<!--[if mso]><p>mso words</p><![endif]--><p>It broke</p>", "It broke");
        yield return Page("a link by its words", "<p>See <a href=\"https://acme.example/o?id=1\">my order</a>.</p>", "See my order.");
        yield return Page("named and numbered characters", "<p>5&nbsp;&euro; &#x1F621; &copy &notit;</p>", "5 € 😡 © ¬it;");
        yield return Page("spaces for fill", "<p>It&#847;&nbsp;&zwnj;&#8203;broke</p>", "It broke");
        yield return Page("deep nesting", string.Concat(Enumerable.Repeat("<div>", 5000)) + "It broke", "It broke");
        yield return Page("deep tables", string.Concat(Enumerable.Repeat("<table><tr><td>", 500)) + "It broke", "It broke");
        yield return Page("an attribute without an end", "<p>It broke</p><a href=\"x", "It broke");
        yield return Page("a tag in a tag", "<p <b>It broke</p>", "It broke");
        yield return Page("two bodies", "<html><body>one</body></html><html><body>two</body></html>", "one\ntwo");
        yield return Page("preformatted lines", "<pre>one\ntwo</pre>", "one\ntwo");
        yield return Page("right to left", "<p dir=\"rtl\">ההזמנה שלי</p>", "ההזמנה שלי");
        yield return Page("an empty page", "<html><head><title>x</title></head><body></body></html>", "");
        yield return Page("quotes in quotes in quotes", "<p>Mine</p><blockquote type=cite>a<blockquote type=cite>b<blockquote type=cite>c</blockquote></blockquote></blockquote><p>Mine too</p>", "Mine\n\nMine too");
        yield return Page("a quote that is never closed", "<p>Mine</p><blockquote type=cite>all below", "Mine");
        yield return Page("a quote closed too often", "<p>Mine</p><blockquote type=cite>q</blockquote></blockquote></div><p>Mine too</p>", "Mine\n\nMine too");
        yield return Page("a hundred quotes with answers", string.Concat(Enumerable.Range(0, 100).Select(i => $"<blockquote type=cite>q{i}</blockquote><p>a{i}</p>")), string.Join("\n\n", Enumerable.Range(0, 100).Select(i => $"a{i}")));
        yield return Page("a signature mark around the whole letter", "<div class=\"gmail_signature\">I wrote it all in here</div>", "I wrote it all in here");
        yield return Page("a signature mark around a long text keeps it", "<p>Hi</p><div class=\"moz-signature\">" + string.Concat(Enumerable.Range(0, 20).Select(i => $"<p>line {i}</p>")) + "</div>", "Hi\n\n" + string.Join("\n\n", Enumerable.Range(0, 20).Select(i => $"line {i}")));
        yield return new("HTML in utf-16 by its own words", "Content-Type: text/html\n\n<html><head><meta charset=\"utf-16\"></head><body>It broke</body></html>") { Text = "It broke" };
        yield return new("HTML whose header and page disagree", $"Content-Type: text/html; charset=utf-8\n\n<meta charset=iso-8859-1><p>{In("utf-8", "Grüße")}</p>") { Text = "Grüße" };
    }

    private static IEnumerable<AwkwardLetter> MoreParts()
    {
        const string Html = "Content-Type: text/html\n\n<p>html words</p>";
        const string Inner = "Content-Type: message/rfc822\n\nFrom: x@example.org\nSubject: inner\nContent-Type: text/plain\n\ninner words";
        yield return new("a plain form that only says there is HTML", Multi("alternative", "", "Content-Type: text/plain\n\nThis is an HTML message. Your mail program does not show it.", Html)) { Text = "html words" };
        yield return new("a plain form of pictures alone", Multi("alternative", "", "Content-Type: text/plain\n\n[image: logo.png]\n<https://shop.example/a>", Html)) { Text = "html words" };
        yield return new("a plain form that speaks of HTML beside an empty one", Multi("alternative", "", "Content-Type: text/plain\n\nYour HTML is broken", "Content-Type: text/html\n\n<p></p>")) { Text = "Your HTML is broken" };
        yield return new("a forwarded letter as an attachment", Multi("mixed", "Subject: Fwd: inner\n", "Content-Type: text/plain\n\nsee there", Inner)) { Text = "see there\n\ninner words" };
        yield return new("a complaint that speaks of HTML above a letter", Multi("mixed", "Subject: x\n", "Content-Type: text/plain\n\nI can't see the invoice online, your HTML is broken", Inner)) { Text = "I can't see the invoice online, your HTML is broken\n\ninner words" };
        yield return new("nothing but a letter as an attachment", Multi("mixed", "Subject: x\n", Inner)) { Text = "inner words" };
        yield return new("nothing but an empty line and a letter", Multi("mixed", "Subject: x\n", "Content-Type: text/plain\n\n \n", Inner)) { Text = "inner words" };
        yield return new("the letter itself is a letter", "Subject: x\n" + Inner) { Text = "inner words" };
        yield return new("a letter in a letter in a letter", Multi("mixed", "Subject: Fwd: x\n", "Content-Type: message/rfc822\n\nSubject: mid\nContent-Type: multipart/mixed; boundary=m2\n\n--m2\nContent-Type: text/plain\n\nmid words\n--m2\n" + Inner + "\n--m2--\n")) { Text = "mid words" };
        yield return new("a forwarded letter with two forms", Multi("mixed", "Subject: WG: x\n", "Content-Type: message/rfc822\n\nSubject: i\nContent-Type: multipart/alternative; boundary=i2\n\n--i2\nContent-Type: text/plain\n\nplain inner\n--i2\n" + Html + "\n--i2--\n")) { Text = "plain inner" };
        yield return new("a picture before the text of related parts", Multi("related", "", "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=", Html)) { Text = "html words" };
        yield return new("six pictures with words between", Multi("mixed", "", [.. Enumerable.Range(1, 6).SelectMany(i => new[] { $"Content-Type: text/plain\n\nwords {i}", "Content-Type: image/png; name=p.png\nContent-Disposition: inline; filename=p.png\n\nxx" })])) { Text = string.Join("\n\n", Enumerable.Range(1, 6).Select(i => $"words {i}")) };
        yield return new("encrypted by S/MIME", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB") { Text = "(This letter is encrypted. Open it in the mailbox.)" };
        yield return new("signed by S/MIME in one piece", "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB") { Text = "(This letter's text lies inside its signature, which is not opened here. Open it in the mailbox.)" };
        yield return new("winmail.dat alone", Multi("mixed", "", "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+")) { Text = "(This letter's text is packed in winmail.dat, a format of Outlook alone. Open it in the mailbox.)" };
        yield return new("winmail.dat beside the text", Multi("mixed", "", "Content-Type: text/plain\n\nplain words", "Content-Type: application/ms-tnef; name=winmail.dat\n\nxx")) { Text = "plain words" };
        yield return new("an answer to an invitation", Multi("alternative", "Subject: Accepted: call\n", "Content-Type: text/plain\n\nok", "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR")) { Automatic = true };
        yield return new("an invitation is a person's", Multi("alternative", "Subject: call me\n", "Content-Type: text/plain\n\nplease call", "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR")) { Automatic = false, Text = "please call" };
        yield return new("a text part with a name and nothing else", "Content-Type: text/plain; name=\"message.txt\"\n\nplain words") { Text = "plain words" };
        yield return new("a file name in an encoded word", Multi("mixed", "", "Content-Type: text/plain; name=\"=?utf-8?Q?l=C3=B6g.txt?=\"\nContent-Disposition: attachment; filename=\"=?utf-8?Q?l=C3=B6g.txt?=\"\n\nlog words", "Content-Type: text/plain\n\nplain words")) { Text = "plain words" };
        yield return new("a file name in pieces without a charset", Multi("mixed", "", "Content-Type: text/plain\nContent-Disposition: attachment; filename*1=\"g.txt\"; filename*0=\"lo\"\n\nlog words", "Content-Type: text/plain\n\nplain words")) { Text = "plain words" };
        yield return new("a boundary with a space and quotes", "Content-Type: multipart/mixed; boundary=\"a b'c\"\n\n--a b'c\nContent-Type: text/plain\n\nplain words\n--a b'c--\n") { Text = "plain words" };
        yield return new("parts without any header", "Content-Type: multipart/mixed; boundary=nh\n\n--nh\n\nplain words\n--nh--\n") { Text = "plain words" };
        yield return new("an empty multipart", "Content-Type: multipart/mixed; boundary=em\n\n--em--\n") { Text = "" };
        yield return new("fifteen nested multiparts", string.Concat(Enumerable.Range(0, 15).Select(i => $"Content-Type: multipart/mixed; boundary=n{i}x\n\n--n{i}x\n")) + "Content-Type: text/plain\n\nplain words\n") { Text = "plain words" };
        yield return new("alternative within alternative", Multi("alternative", "", "Content-Type: multipart/alternative; boundary=aa\n\n--aa\nContent-Type: text/plain\n\nplain words\n--aa\n" + Html + "\n--aa--", Html)) { Text = "plain words" };
        yield return new("signed around mixed", Multi("signed", "", "Content-Type: multipart/mixed; boundary=sm\n\n--sm\nContent-Type: text/plain\n\nplain words\n--sm--", "Content-Type: application/pgp-signature\n\nxx")) { Text = "plain words" };
    }

    private static IEnumerable<AwkwardLetter> MoreHistories()
    {
        yield return Plain("the writer's own sentence above an attribution", "Re: x", "Am Ende ging nichts mehr.\nAm 02.11.2026 um 09:00 schrieb Care:\n> tut uns leid", "Am Ende ging nichts mehr.");
        yield return Plain("what an agent said, told by the customer", "Re: x", "Am 2. November sagte Ihr Kollege:\nwir melden uns.\nNiemand rief an.", "Am 2. November sagte Ihr Kollege:\nwir melden uns.\nNiemand rief an.");
        yield return Plain("pasted words in a letter that answers nobody", "Complaint", "Your agent told me:\n\nFrom: Care <care@acme.example>\nSent: Monday\nTo: Mia\nSubject: x\n\nWe will pay.", "Your agent told me:\n\nFrom: Care <care@acme.example>\nSent: Monday\nTo: Mia\nSubject: x\n\nWe will pay.");
        yield return Plain("marks of the writer's own in a letter that answers nobody", "Complaint", "> three weeks\n> no answer", "> three weeks\n> no answer");
        yield return Plain("Outlook in Hungarian", "Vá: x", "Nem jött meg.\n\nFeladó: Care <care@acme.example>\nElküldve: hétfő\nCímzett: Anna\nTárgy: x\n\nelnézést", "Nem jött meg.");
        yield return Plain("Outlook in Turkish", "Ynt: x", "Gelmedi.\n\nKimden: Care <care@acme.example>\nGönderildi: Pazartesi\nKime: Anna\nKonu: x\n\nözür", "Gelmedi.");
        yield return Plain("Outlook in Korean", "RE: x", "안 왔어요.\n\n보낸 사람: Care <care@acme.example>\n보낸 날짜: 월요일\n받는 사람: Anna\n제목: x\n\n죄송합니다", "안 왔어요.");
        yield return Plain("Outlook in Greek", "ΑΠ: x", "Δεν ήρθε.\n\nΑπό: Care <care@acme.example>\nΣτάλθηκε: Δευτέρα\nΠρος: Anna\nΘέμα: x\n\nσυγγνώμη", "Δεν ήρθε.");
        yield return Plain("Outlook in Romanian", "RE: x", "Nu a sosit.\n\nDe la: Care <care@acme.example>\nTrimis: luni\nCătre: Anna\nSubiect: x\n\nne pare rău", "Nu a sosit.");
        yield return Plain("an attribution in Hebrew with marks of direction", "Re: x", "לא הגיע.\n\n\u202Bבתאריך יום ב׳, 2 בנוב׳ 2026 ב-9:00 מאת Care <care@acme.example>:\u202C\n> סליחה", "לא הגיע.");
        yield return Plain("an attribution in no known language", "Re: x", "Bado.\n\nMnamo 2 Nov 2026, 09:00 Care <care@acme.example>:\n> samahani", "Bado.");
        yield return Plain("a citation", "Re: x", "Zitat von Care <care@acme.example>:\n\n> Wann?\n\nIm Oktober.", "Im Oktober.");
        yield return Plain("an original message in Czech", "Re: x", "Nic.\n\n---------- Původní e-mail ----------\nOd: Care", "Nic.");
        yield return Plain("sent from a colleague's address is no phone line", "Re: x", "Sent from my colleague's account because mine is locked since Monday\n\nHelp.", "Sent from my colleague's account because mine is locked since Monday\n\nHelp.");
        yield return Plain("a phone line in Russian", "Re: x", "Не работает.\n\nОтправлено из мобильной Почты Mail", "Не работает.");
        yield return Plain("a phone line in Chinese", "Re: x", "坏了。\n\n发自我的iPhone", "坏了。");
        yield return Plain("a phone line with a link", "Re: x", "Broken.\n\nGet Outlook for Android<https://aka.ms/AAb9ysg>", "Broken.");
        yield return Plain("a phone number in the text stays", "Re: x", "Call me: +44 20 7946 0000\n\nThanks,\nAnn", "Call me: +44 20 7946 0000\n\nThanks,\nAnn");
        yield return Plain("contact data below the name goes", "Re: x", "It broke.\n\nKind regards,\nAnn\nMobile: +44 7700 900000\nwww.ann.example", "It broke.\n\nKind regards,\nAnn");
        yield return Plain("what was asked for below the name stays", "Re: x", "Here it is.\n\nThanks,\nAnn\nOrder 5512\nSize M", "Here it is.\n\nThanks,\nAnn\nOrder 5512\nSize M");
        yield return Plain("two signatures' marks", "Re: x", "It broke.\n-- \nAnn\n-- \nsent by a machine", "It broke.");
        yield return Plain("a message for the manager is no disclaimer", "x", "Hello,\nthis message is intended for your manager: I was charged twice.", "Hello,\nthis message is intended for your manager: I was charged twice.");
        yield return Plain("un avis de confidentialité", "x", "Rien reçu.\n\nCe message est confidentiel. Si vous n'êtes pas le destinataire, merci de le détruire.", "Rien reçu.");
        yield return Plain("a virus scanner's line", "x", "It broke.\n\nVirus-free.www.avast.com", "It broke.");
        yield return Plain("a mail server's warning above", "x", "CAUTION: This email originated from outside of the organization. Do not click links.\n\nIt broke.", "It broke.");
        yield return Plain("nothing but a phone line", "x", "Sent from my iPhone", "Sent from my iPhone");
        yield return Plain("nothing but a header of Outlook", "RE: x", "From: Care <care@acme.example>\nSent: Monday\nTo: Ann\nSubject: x", "From: Care <care@acme.example>\nSent: Monday\nTo: Ann\nSubject: x");
        yield return Plain("a subject with a ticket before the Re", "[Ticket 55] Re: x", "Still.\n\n-----Original Message-----\nWe are sorry", "Still.");
        yield return Plain("Re with a number", "Re[2]: x", "Still.\n\n-----Original Message-----\nWe are sorry", "Still.");
        yield return new("an answer by its References alone", "Subject: x\nReferences: <a@acme.example>\n\nStill.\n\n-----Original Message-----\nWe are sorry") { Text = "Still." };
    }

    private static IEnumerable<AwkwardLetter> MoreMachines()
    {
        yield return new("a newsletter that can be left", "List-Unsubscribe: <mailto:u@news.example>\n\nBuy now") { Automatic = true };
        yield return new("a customer who answers through a sales tool", "List-Unsubscribe: <mailto:u@tool.example>\nIn-Reply-To: <ours@acme.example>\n\nNo!") { Automatic = false };
        yield return new("marked as spam", "X-Spam-Flag: YES\n\nBuy pills") { Automatic = true };
        yield return new("marked as spam by its status", "X-Spam-Status: Yes, score=9.1 required=5.0\n\nBuy pills") { Automatic = true };
        yield return new("marked as spam, but an answer to us", "X-Spam-Flag: YES\nIn-Reply-To: <ours@acme.example>\n\nStill broken") { Automatic = false };
        yield return new("not spam", "X-Spam-Flag: NO\nX-Spam-Status: No, score=0.1\n\nBroken") { Automatic = false };
        yield return new("a complaint that begins like a receipt", "Subject: Read: my third complaint\n\nIt is still broken.") { Automatic = false };
        yield return new("a complaint that begins like an absence", "Subject: Out of office: nobody answers\n\nI called ten times.") { Automatic = false };
        yield return new("an absence by subject and words", "Subject: Out of office: back on Monday\n\nI am out of office until Monday.") { Automatic = true };
        yield return new("Abwesenheit nach Betreff und Worten", "Subject: Automatische Antwort: x\n\nIch bin bis Montag im Urlaub.") { Automatic = true };
        yield return new("a bounce by subject and words", "Subject: Undelivered Mail Returned to Sender\n\nYour letter could not be delivered.") { Automatic = true };
        yield return new("a failed recipient named", "X-Failed-Recipients: a@example.org\n\nx") { Automatic = true };
        yield return new("a read receipt", Multi("report; report-type=disposition-notification", "Subject: Read: x\n", "Content-Type: text/plain\n\nwas read", "Content-Type: message/disposition-notification\n\nDisposition: manual-action; displayed\n")) { Automatic = true };
        yield return new("a bounce with our letter in it", Multi("report; report-type=delivery-status", "Subject: Returned\n", "Content-Type: text/plain\n\nnot delivered", "Content-Type: message/delivery-status\n\nAction: failed\n", "Content-Type: message/rfc822\n\nSubject: ours\n\nour words")) { Automatic = true, Text = "not delivered" };
        yield return new("a notice of the bot itself", "X-ListeningBot: notice\n\nThe inbox is dark") { Automatic = true };
        yield return new("a canary is heard like a customer", "X-ListeningBot-Canary: 17\n\nMy order never came") { Automatic = false };
        yield return new("an empty Auto-Submitted", "Auto-Submitted: \n\nBroken") { Automatic = false };
        yield return new("Auto-Submitted no with a comment", "Auto-Submitted: no (a person)\n\nBroken") { Automatic = false };
        yield return new("precedence in capitals", "Precedence: BULK\n\nx") { Automatic = true };
        yield return new("an own list that can be left", "List-Id: Care <care.acme.example>\nList-Unsubscribe: <mailto:u@acme.example>\n\nBroken") { Automatic = false };
        yield return new("a list whose name only ends like ours", "List-Id: <care.notacme.example>\n\nx") { Automatic = true };
        yield return new("a person who is called Postmaster", "From: Postmaster Smith <smith@example.org>\n\nBroken") { Automatic = false };
    }
}
