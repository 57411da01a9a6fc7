using static ListeningBot.IntegrationTests.Channels.Mail.AwkwardLetter;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>Charsets, header words and addresses.</summary>
internal static partial class AwkwardLetters
{
    private static AwkwardLetter Labelled(string name, string label, string bytes, string text) => new(name, $"Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: 8bit\n\n{bytes}\n") { Text = text };

    private static IEnumerable<AwkwardLetter> MoreCharsets()
    {
        yield return Labelled("iso-8859-1 that is utf-8", "iso-8859-1", In("utf-8", "Grüße für Jörg"), "Grüße für Jörg");
        yield return Labelled("koi8-r that is utf-8", "koi8-r", In("utf-8", "Жалоба на заказ"), "Жалоба на заказ");
        yield return Labelled("gb2312 that is utf-8", "gb2312", In("utf-8", "我的订单没有到！"), "我的订单没有到！");
        yield return Labelled("iso-8859-10", "iso-8859-10", "Sk\u00BEmt \u00AA\u00B7", "Skūmt Š·");
        yield return Labelled("iso-8859-14", "iso-8859-14", "\u00D0\u00F0 D\u00F5r", "Ŵŵ Dõr");
        yield return Labelled("iso-8859-16 from Romania", "ISO-8859-16", "Comanda n-a sosit, \u00BAi vreau 5 \u00A4 \u00DE\u00FE", "Comanda n-a sosit, și vreau 5 € Țț");
        yield return Labelled("iso-8859-3", "iso-8859-3", In("iso-8859-3", "Ĝis la revido, ĉu ne?"), "Ĝis la revido, ĉu ne?");
        yield return Labelled("iso-8859-4", "iso-8859-4", In("iso-8859-4", "Pasūtījums nepienāca"), "Pasūtījums nepienāca");
        yield return Labelled("iso-8859-6", "iso-8859-6", In("iso-8859-6", "طلبي لم يصل"), "طلبي لم يصل");
        yield return Labelled("iso-8859-9", "iso-8859-9", In("iso-8859-9", "Siparişim gelmedi ğ"), "Siparişim gelmedi ğ");
        yield return Labelled("iso-8859-8-i is read as it stands", "iso-8859-8-i", In("iso-8859-8", "ההזמנה לא הגיעה אדון כהן"), "ההזמנה לא הגיעה אדון כהן");
        yield return Labelled("iso-8859-8-e", "iso-8859-8-e", In("iso-8859-8", "אני מחכה ליום"), "אני מחכה ליום");
        yield return Labelled("visual Hebrew is turned", "iso-8859-8", In("iso-8859-8", new string([.. "שלום אני מחכה כבר ימים".Reverse()])), "שלום אני מחכה כבר ימים");
        yield return Labelled("visual Hebrew with a number", "iso-8859-8", In("iso-8859-8", "5512 " + new string([.. "ימים רבים הזמנה".Reverse()])), "ימים רבים הזמנה 5512");
        yield return Labelled("windows-1258 with tones apart", "windows-1258", In("windows-1258", "đê\u0301n"), "đê\u0301n");
        yield return Labelled("cp1251 by another name", "cp1251", In("windows-1251", "Жалоба"), "Жалоба");
        yield return Labelled("x-cp1251", "x-cp1251", In("windows-1251", "Верните деньги"), "Верните деньги");
        yield return Labelled("ms949", "ms949", In("euc-kr", "환불해 주세요"), "환불해 주세요");
        yield return Labelled("windows-31j with characters of NEC", "windows-31j", In("shift_jis", "注文①髙"), "注文①髙");
        yield return Labelled("shift_jis in half-width kana", "Shift_JIS", In("shift_jis", "ﾁｭｳﾓﾝ"), "ﾁｭｳﾓﾝ");
        yield return Labelled("iso-2022-jp-ms", "iso-2022-jp-ms", In("iso-2022-jp", "壊れています"), "壊れています");
        yield return Labelled("iso-2022-jp whose escape is never closed", "iso-2022-jp", "\u001b$BCmJ8", "注文");
        yield return Labelled("iso-2022-jp in two pieces on a line", "iso-2022-jp", "\u001b$BCm\u001b(Ba\u001b$BJ8\u001b(B", "注a文");
        yield return Labelled("iso-2022-kr", "iso-2022-kr", In("iso-2022-kr", "주문이"), "주문이");
        yield return Labelled("hz-gb-2312", "hz-gb-2312", "~{NR5D~}", "我的");
        yield return Labelled("gbk with a character beyond gb2312", "gbk", In("gb18030", "朱镕基镕"), "朱镕基镕");
        yield return Labelled("gb18030 with four bytes", "gb18030", In("gb18030", "㐀 😡"), "㐀 😡");
        yield return Labelled("big5-hkscs", "big5-hkscs", In("big5", "訂單"), "訂單");
        yield return Labelled("utf-16 that is ascii", "utf-16", "My order never came", "My order never came");
        yield return Labelled("utf-16 that is utf-8", "utf-16le", In("utf-8", "Grüße"), "Grüße");
        yield return new("utf-16 without a mark, big end first", $"Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n{Base64("utf-16BE", "Grüße, Ann")}") { Text = "Grüße, Ann" };
        yield return new("utf-16 with a mark", "Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n//5HAHIA/ADfAGUA") { Text = "Grüße" };
        yield return Labelled("us-ascii that is Windows", "us-ascii", "caf\u00e9 \u0096 5 \u0080", "café – 5 €");
        yield return Labelled("a charset in quotes of both kinds", "\"'utf-8'\"", In("utf-8", "Grüße"), "Grüße");
        yield return Labelled("unknown-8bit", "unknown-8bit", In("utf-8", "Grüße"), "Grüße");
        yield return Labelled("utf8 without a dash", "UTF8", In("utf-8", "Grüße"), "Grüße");
        yield return Labelled("x-mac-roman", "macintosh", "Gr\u009f\u00a7e", "Grüße");
        yield return Labelled("ibm850", "ibm850", "Gr\u0081\u00e1e", "Grüße");
        yield return Labelled("utf-8 with one bad byte keeps the rest", "utf-8", In("utf-8", "Grüße für ") + "\u00ff", "Grüße für \uFFFD");
        yield return Labelled("utf-7 by its long name", "unicode-1-1-utf-7", "+AGE-", "(This letter is in UTF-7, which is not decoded: its characters stand here as they came.)\n+AGE-");
    }

    private static AwkwardLetter Titled(string name, string subject, string title) => new(name, $"Subject: {subject}\n\nx") { Title = title };

    private static IEnumerable<AwkwardLetter> MoreSubjects()
    {
        yield return Titled("raw 8 bits inside a word", "=?iso-8859-1?Q?Gr\u00fc=DFe?=", "Grüße");
        yield return Titled("raw 8 bits beside a word", $"{In("utf-8", "Für")} =?utf-8?Q?K=C3=B6ln?=", "Für Köln");
        yield return Titled("raw western beside a word of utf-8", "F\u00fcr =?utf-8?Q?K=C3=B6ln?=", "Für Köln");
        yield return Titled("a word that the next one cuts off", "=?utf-8?Q?Gr=C3=BC =?utf-8?Q?=C3=9Fe?=", "Grüße");
        yield return Titled("a word that ends in one mark", "=?utf-8?B?R3LDvMOfZQ==?", "Grüße");
        yield return Titled("encoded twice", "=?utf-8?Q?=3D=3Futf-8=3FQ=3FGr=3DC3=3DBC=3F=3D?=", "Grü");
        yield return Titled("a word in quotes", "\"=?utf-8?Q?Gr=C3=BC=C3=9Fe?=\"", "\"Grüße\"");
        yield return Titled("a word in brackets", "(=?utf-8?Q?Gr=C3=BC=C3=9Fe?=)", "(Grüße)");
        yield return Titled("a space in a base64 word", "=?utf-8?B?R3LD vMOfZQ==?=", "Grüße");
        yield return Titled("a fold in a base64 word", "=?utf-8?B?R3LD\n vMOfZQ==?=", "Grüße");
        yield return Titled("a fold in a Q word", "=?utf-8?Q?Gr=C3=BC\n =C3=9Fe?=", "Grü ße");
        yield return Titled("padding in every word of a run", "=?utf-8?B?R3I=?= =?utf-8?B?w7w=?= =?utf-8?B?w59l?=", "Grüße");
        yield return Titled("a character split over base64 and Q", "=?utf-8?B?R3LD?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße");
        yield return Titled("a surrogate pair split", "=?utf-8?B?8J+Y?= =?utf-8?B?oSE=?=", "😡!");
        yield return Titled("gb2312 split in a character", "=?gb2312?B?ztI=?= =?gb2312?B?tcQ=?=", "我的");
        yield return Titled("gb2312 with half a character", "=?gb2312?B?ztK1?= =?gb2312?B?xA==?=", "我的");
        yield return Titled("iso-2022-jp whose escape goes on in the next word", "=?iso-2022-jp?B?GyRCQ20=?= =?iso-2022-jp?B?SjgbKEI=?=", "注文");
        yield return Titled("iso-2022-jp with escapes in each word", "=?iso-2022-jp?B?GyRCQ20bKEI=?= =?iso-2022-jp?B?GyRCSjgbKEI=?=", "注文");
        yield return Titled("iso-2022-jp raw in the header", "\u001b$BCmJ8\u001b(B 5512", "注文 5512");
        yield return Titled("a word that lies about its charset", "=?iso-8859-1?Q?Gr=C3=BC=C3=9Fe?=", "Grüße");
        yield return Titled("big5", $"=?big5?B?{Base64("big5", "訂單沒有到")}?=", "訂單沒有到");
        yield return Titled("windows-1255", $"=?windows-1255?B?{Base64("windows-1255", "ההזמנה שלי")}?=", "ההזמנה שלי");
        yield return Titled("a tab between words", "=?utf-8?Q?a?=\t=?utf-8?Q?b?=", "ab");
        yield return Titled("a wrong letter for the encoding", "=?utf-8?X?abc?=", "=?utf-8?X?abc?=");
        yield return Titled("no charset", "=??Q?abc?=", "=??Q?abc?=");
        yield return Titled("a bare mark that looks like a word", "is 1 =? 2 ?= 3", "is 1 =? 2 ?= 3");
        yield return Titled("utf-7 beside utf-8", "=?utf-7?Q?+AGE-?= =?utf-8?Q?b?=", "+AGE-b");
        yield return Titled("underscores and encoded ones", "=?utf-8?Q?a_b=5Fc?=", "a b_c");
        yield return Titled("marks that turn the reading order", "=?utf-8?Q?a=E2=80=AEb?=", "a\u202Eb");
        yield return Titled("nothing but encoded spaces", "=?utf-8?Q?___?=", "");
        yield return Titled("lower-case hex", "=?utf-8?q?gr=c3=bc=c3=9fe?=", "grüße");
    }

    private static IEnumerable<AwkwardLetter> MoreSenders()
    {
        yield return new("a web form of ours names the customer for answers", "From: Website <care@acme.example>\nTo: care@acme.example\nReply-To: Mia Lang <Mia@Example.org>\nAuto-Submitted: auto-generated\n\nIt broke") { Address = "mia@example.org", Author = "Mia Lang", Automatic = false };
        yield return new("a form service names the customer for answers", "From: no-reply@forms.example\nReply-To: mia@example.org\nPrecedence: bulk\n\nIt broke") { Address = "mia@example.org", Automatic = false };
        yield return new("a form that a mail service sends as our postmaster", "From: postmaster@mg.acme.example\nTo: care@acme.example\nReply-To: mia@example.org\n\nIt broke") { Address = "mia@example.org", Automatic = false };
        yield return new("a newsletter names its office for answers", "From: no-reply@post.example\nReply-To: office@shop.example\nList-Unsubscribe: <mailto:u@post.example>\n\nBuy") { Address = "no-reply@post.example", Automatic = true };
        yield return new("our own answer names a help desk for answers", "From: care@acme.example\nTo: mia@example.org\nReply-To: ticket+1@desk.example\n\nWe are sorry") { Address = "care@acme.example" };
        yield return new("a customer wants answers elsewhere", "From: mia@work.example\nReply-To: mia@example.org\n\nx") { Address = "mia@work.example" };
        yield return new("a colleague's other address", "From: ben@acme.example\nTo: care@acme.example\nReply-To: desk@acme.example\n\nx") { Address = "ben@acme.example" };
        yield return new("an auto-reply to a form stays a machine's", "From: no-reply@forms.example\nReply-To: mia@example.org\nAuto-Submitted: auto-replied\n\nx") { Automatic = true };
        yield return new("a group before the address", "From: undisclosed:;, Mia <m@example.org>\n\nx") { Address = "m@example.org" };
        yield return new("a name in two words of two charsets", "From: =?utf-8?Q?J=C3=B6rg?= =?iso-8859-1?Q?_M=FCller?= <j@example.org>\n\nx") { Author = "Jörg Müller" };
        yield return new("a name in a language with escapes", "From: =?iso-2022-jp?B?GyRCQ21KOBsoQg==?= <j@example.org>\n\nx") { Author = "注文" };
        yield return new("a quoted name with escapes", "From: \"Mia \\\"M\\\" Lang\" <m@example.org>\n\nx") { Author = "Mia \"M\" Lang" };
        yield return new("a name that is the address", "From: m@example.org <m@example.org>\n\nx") { Address = "m@example.org" };
        yield return new("an address with a plus", "From: Mia <mia+shop@example.org>\n\nx") { Address = "mia+shop@example.org" };
        yield return new("an international domain", $"From: Mia <mia@{In("utf-8", "bücher")}.example>\n\nx") { Text = "x" };
        yield return new("an address folded over lines", "From: Mia Lang\n <mia@example.org>\n\nx") { Address = "mia@example.org", Author = "Mia Lang" };
    }

    private static IEnumerable<AwkwardLetter> MoreThreads()
    {
        var many = string.Join("\n ", Enumerable.Range(0, 500).Select(i => $"<step-{i}-of-a-long-talk@example.org>"));
        yield return new("five hundred references", $"References: <root@x>\n {many}\n\nx") { Thread = "root@x", Answers = "step-499-of-a-long-talk@example.org" };
        yield return new("a reference that lost its first bracket", "References: root@x> <a@x>\n\nx") { Thread = "root@x", Answers = "a@x" };
        yield return new("a reference that lost its last bracket", "References: <root@x <a@x>\n\nx") { Thread = "root@x", Answers = "a@x" };
        yield return new("references parted by commas", "References: <root@x>, <a@x>\n\nx") { Thread = "root@x", Answers = "a@x" };
        yield return new("references without any bracket", "References: root@x a@x\n\nx") { Thread = "root@x", Answers = "a@x" };
        yield return new("a reference folded in its middle", "References: <ro\n ot@x> <a@x>\n\nx") { Thread = "root@x" };
        yield return new("comments between references", "References: <root@x> (first) <a@x> (then)\n\nx") { Thread = "root@x", Answers = "a@x" };
        yield return new("the same reference twice", "References: <root@x> <a@x> <a@x>\n\nx") { Thread = "root@x", Answers = "a@x" };
        yield return new("an id of Exchange without a host", "In-Reply-To: <C4F1A>\n\nx") { Answers = "C4F1A" };
        yield return new("two ids that it answers", "In-Reply-To: <a@x> <b@x>\n\nx") { Answers = "a@x" };
        yield return new("an empty In-Reply-To beside references", "In-Reply-To:\nReferences: <root@x> <a@x>\n\nx") { Answers = "a@x" };
        yield return new("an id in capitals stays so", "Message-ID: <ABC@X.Example>\n\nx") { Id = "ABC@X.Example" };
        yield return new("an id with an encoded look", "Message-ID: <=?utf-8?Q?a?=@x>\n\nx") { Id = "=?utf-8?Q?a?=@x" };
    }
}
