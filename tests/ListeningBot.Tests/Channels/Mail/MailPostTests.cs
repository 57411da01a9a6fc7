using System.Text;
using ListeningBot.Channels.Mail;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Mime;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Tests.Channels.Mail;

public sealed class MailPostTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private const string ToUs = "Received: from out.example (out.example [192.0.2.7]) by mx.acme.example with ESMTPS id 4XyZ; Mon, 2 Nov 2026 09:00:07 +0000 (UTC)\r\n";
    private const string LongAgo = "Received: by mx.acme.example; Sat, 4 Mar 2023 08:00:00\r\n +0100\r\n";
    private const string Collected = "Received: from pop.old.example by mx.acme.example with POP3 (fetchmail-6.4.37) for <care@acme.example>; Mon, 2 Nov 2026 09:00:07 +0000\r\n";
    private const string OnItsWay = "Received: by router.example; Sat, 1 Jan 2000 00:03:00 +0000\r\n";

    [Theory]
    [InlineData("2000-01-01T00:02:00Z", ToUs + OnItsWay, "2026-11-02T09:00:07Z")]
    [InlineData("2036-02-07T06:28:15Z", ToUs, "2026-11-02T09:00:07Z")]
    [InlineData("2026-10-28T09:00:00Z", ToUs, "2026-10-28T09:00:00Z")]
    [InlineData("2023-03-04T06:59:58Z", LongAgo, "2023-03-04T06:59:58Z")]
    [InlineData("2000-01-01T00:02:00Z", "", "2000-01-01T00:02:00Z")]
    [InlineData("2000-01-01T00:02:00Z", "Received: by mx.acme.example on Mon, 2 Nov 2026 09:00:07 +0000\r\n", "2000-01-01T00:02:00Z")]
    [InlineData("2023-03-04T06:59:58Z", Collected + LongAgo, "2023-03-04T06:59:58Z")]
    [InlineData("2023-03-04T06:59:58Z", ToUs + Collected + LongAgo, "2023-03-04T06:59:58Z")]
    [InlineData("2000-01-01T00:02:00Z", Collected + ToUs, "2026-11-02T09:00:07Z")]
    [InlineData("2000-01-01T00:02:00Z", Collected, "2000-01-01T00:02:00Z")]
    [InlineData(null, ToUs, "2026-11-02T09:00:00Z")]
    public void A_letter_is_from_when_it_was_written_and_one_with_a_wrong_clock_from_when_it_arrived(string? written, string fields, string posted)
    {
        var head = new MailHead(1, Today, At(written), "Kettle", new MailAddress("Mia", "mia@example.org"), "<a@x>", null, HeaderFields.Parse(Encoding.ASCII.GetBytes(fields)), Plain);

        Assert.Equal(At(posted), new MailPost("inbox", new MailOptions { Host = "mail.acme.example", User = "care@acme.example" }).Of(head, 1, "It smokes").Posted);
    }

    [Theory]
    [InlineData("Delivery failed again", "You promised delivery to my door, nobody rang. I want my money back.")]
    [InlineData("Delivery status of order 4711", "The delivery has not arrived for three weeks")]
    [InlineData("Delivery of my order failed", "Nobody rang. I will return nothing, and I want my money back.")]
    [InlineData("Undeliverable? Order returned to you!", "Royal Mail claims it could not be delivered")]
    [InlineData("Delivery failed: returned to sender", "The parcel was returned to sender. Firmware 5.1.2 was never the trouble.")]
    [InlineData("Delivery failed", "Your letter could not be delivered, says the postman, and all I got was an automatically generated answer")]
    [InlineData("Delivery failed", "The delivery to the following address failed: 12 Main Street")]
    [InlineData("Read: my complaint", "I will return it all, and got an automatic answer only")]
    [InlineData("Undeliverable: order 4711", "The carrier says that my address was undeliverable")]
    public void A_complaint_of_a_delivery_is_no_bounce(string subject, string text) => Assert.False(PostOf(subject, text).Automatic);

    [Theory]
    [InlineData("Mail delivery failed: returning message to sender", "A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.")]
    [InlineData("Delivery Status Notification (Failure)", "This is an automatically generated Delivery Status Notification")]
    [InlineData("Undeliverable: Your order", "Delivery has failed to these recipients or groups: mia@example.org")]
    [InlineData("Undeliverable: Your order", "Your message to mia@example.org couldn't be delivered.")]
    [InlineData("Undelivered Mail Returned to Sender", "<mia@example.org>: host mx.example said: 550 5.1.1 User unknown")]
    [InlineData("Unzustellbar: Ihre Bestellung", "Ihre Nachricht an mia@example.org konnte nicht zugestellt werden.")]
    [InlineData("Out of office: back on Monday", "I will return on Monday")]
    [InlineData("Read: Your order", "Your message was read on Monday")]
    public void A_bounce_is_told_by_its_own_words(string subject, string text) => Assert.True(PostOf(subject, text).Automatic);

    [Fact]
    public void A_service_that_mails_for_many_is_not_one_customer()
    {
        var (mia, ben, again) = (PostOf("Review", "It smokes", "Mia", "no-reply@reviews.example", "<1@x>"), PostOf("Review", "It burns", "Ben", "no-reply@reviews.example", "<2@x>"), PostOf("Review", "It smokes", "Mia", "no-reply@reviews.example", "<1@x>"));

        Assert.NotEqual(AuthorName.Of(mia), AuthorName.Of(ben));
        Assert.Equal(mia.Author, again.Author);
        Assert.Equal(("Mia", "no-reply@reviews.example"), (mia.Author.Name, mia.Author.Handle));
        Assert.True(new Ours(["no-reply@reviews.example"]).Wrote(mia) && new Ours(["*@reviews.example"]).Wrote(ben));
    }

    [Theory]
    [InlineData("mia@example.org")]
    [InlineData("no-reply@acme.example")]
    [InlineData("no-reply@mail.acme.example")]
    public void Who_has_an_address_and_what_is_ours_is_known_by_it(string address) => Assert.Equal(address, PostOf("x", "It smokes", null, address, "<1@x>").Author.Id);

    [Theory]
    [InlineData("care@acme.example", "Acme Store <mailer@shop.example>", "mia@example.org", "mia@example.org", null)]
    [InlineData("care@acme.example", "Squarespace <form-submission@squarespace.example>", "Mia Lang <mia@example.org>", "mia@example.org", "Mia Lang")]
    [InlineData("care@acme.example", "Mia Lang <mailer@host.example>", "mia@example.org", "mia@example.org", "Mia Lang")]
    [InlineData("care@acme.example", "shop@www.acme.example", "mia@example.org", "mia@example.org", null)]
    [InlineData("care@acme.example", "web@acme.test", "mia@example.org", "mia@example.org", null)]
    [InlineData("care@acme.example", "info@shop.example", "info@bakery.example", "info@bakery.example", null)]
    [InlineData("care@acme.example", "postmaster@mg.acme.example", "mia@example.org", "mia@example.org", null)]
    [InlineData("acme@gmail.com", "Acme Store <mailer@shop.example>", "mia@gmail.com", "mia@gmail.com", null)]
    [InlineData("acme@gmail.com", "acme@gmail.com", "mia@gmail.com", "mia@gmail.com", null)]
    [InlineData("care", "care@acme.example", "mia@example.org", "mia@example.org", null)]
    [InlineData("care", "web@acme.test", "mia@example.org", "mia@example.org", null)]
    [InlineData("care", "no-reply@forms.example", "mia@example.org", "mia@example.org", null)]
    public void Whom_a_web_form_wants_answered_is_the_customer_wherever_it_is_sent_from(string user, string from, string reply, string id, string? name)
    {
        var head = Head("Kettle", Address(from)) with { ReplyTo = Address(reply), To = Address("care@acme.example"), Fields = Fields("Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n") };

        var post = PostsOf(user).Of(head, 1, "It smokes");

        Assert.Equal((id, name, false), (post.Author.Id, post.Author.Name, post.Automatic));
        Assert.False(new Ours(["*@acme.example", "*@www.acme.example", "web@acme.test"]).Wrote(post));
    }

    [Theory]
    [InlineData("Mia Lang <mia.lang@work.example>", "mia@home.example", "care@acme.example", "")]
    [InlineData("Mia Lang <mlang84@mail.example>", "mia.lang@work.example", "care@acme.example", "")]
    [InlineData("mia@example.org", "care@acme.example", "care@acme.example", "")]
    [InlineData("mia@example.org", "desk@acme.test", "care@acme.example", "")]
    [InlineData("jo@acme.example", "ticket+1@desk.example", "mia@example.org", "")]
    [InlineData("web@acme.test", "ticket+1@desk.example", "mia@example.org", "")]
    [InlineData("jo@acme.example", "ticket+1@desk.example", "mia@gmail.com", "")]
    [InlineData("alerts@host.example", "x@reply.host.example", "care@acme.example", "")]
    [InlineData("news@post.example", "office@shop.example", "care@acme.example", "List-Unsubscribe: <mailto:u@post.example>\r\n")]
    [InlineData("list@lists.example", "ben@example.org", "list@lists.example", "List-Id: <list.lists.example>\r\n")]
    public void Where_answers_go_elsewhere_for_another_reason_the_sender_is_the_author(string from, string reply, string to, string fields)
    {
        var head = Head("Kettle", Address(from)) with { ReplyTo = Address(reply), To = Address(to), Fields = Fields(fields) };

        Assert.Equal(Address(from).Address, PostsOf("care@acme.example").Of(head, 1, "It smokes").Author.Id);
        Assert.Equal(Address(from).Address, PostsOf("care").Of(head, 1, "It smokes").Author.Id);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied\r\n")]
    [InlineData("Auto-Submitted: auto-generated\r\nReferences: <ours@acme.example>\r\n")]
    [InlineData("Precedence: bulk\r\n")]
    [InlineData("X-Spam-Flag: YES\r\n")]
    public void What_is_relayed_can_still_be_a_machines_own(string fields) =>
        Assert.True(PostsOf("care@acme.example").Of(Head("Kettle", Address("mailer@shop.example")) with { ReplyTo = Address("mia@example.org"), Fields = Fields(fields) }, 1, "It smokes").Automatic);

    [Theory]
    [InlineData("postmaster@mx.example", "mia@example.org", "", "It smokes")]
    [InlineData("postmaster@mg.acme.example", "mia@example.org", "X-Failed-Recipients: mia@example.org\r\n", "It smokes")]
    [InlineData("postmaster@mg.acme.example", "mia@example.org", "Return-Path: <>\r\n", "It smokes")]
    [InlineData("postmaster@mg.acme.example", "postmaster@mg.acme.example", "", "It smokes")]
    [InlineData("postmaster@mg.acme.example", "mia@example.org", "", "Your message to mia@example.org could not be delivered. This is a permanent error.")]
    public void What_the_mail_system_itself_has_to_say_stays_a_machines(string from, string reply, string fields, string text) =>
        Assert.True(PostsOf("care@acme.example").Of(Head("Undeliverable: Kettle", Address(from)) with { ReplyTo = Address(reply), To = Address("care@acme.example"), Fields = Fields(fields) }, 1, text).Automatic);

    /// <summary>Where the mailbox's user name says no domain, a letter from a stranger to a stranger, unseen by us, proves nothing of ours.</summary>
    [Fact]
    public void Spam_from_and_to_itself_is_no_form_of_ours() =>
        Assert.True(PostsOf("care").Of(Head("Win", Address("x@spam.example")) with { To = Address("x@spam.example"), ReplyTo = Address("y@example.org"), Fields = Fields("X-Spam-Flag: YES\r\n") }, 1, "Win").Automatic);

    [Theory]
    [InlineData("Re: Kettle", "It is on its way", "mia@example.org", false)]
    [InlineData("Re: Kettle", "It is on its way", "jo@acme.example mia@example.org", false)]
    [InlineData("Re: Kettle", "It is on its way", "", false)]
    [InlineData("Re: Kettle", "Who takes this one?", "jo@acme.example", true)]
    [InlineData("Re: Kettle", "Who takes this one?", "care@acme.example jo@acme.example", true)]
    [InlineData("Fwd: Kettle", "Where is it?\n\n" + Forwarded, "logistics@parcels.example", true)]
    [InlineData("WG: Kettle", "Where is it?", "logistics@parcels.example", true)]
    [InlineData("Kettle 4711", "Where is it?\n\n" + Forwarded, "logistics@parcels.example", true)]
    [InlineData("Fwd: Kettle", "> Begin forwarded message:\n> From: Mia Lang <Mia@example.org>\n> Subject: Kettle", "logistics@parcels.example", true)]
    [InlineData("Fwd: Kettle", "As you wrote\n\n" + Forwarded, "logistics@parcels.example mia@example.org", false)]
    [InlineData("Fwd: Kettle", "Sorry!\n\nOn 2 Nov 2026 at 09:00, Mia Lang <mia@example.org> wrote:\n> It smokes", "mia@example.org", false)]
    [InlineData("Re: Fwd: Kettle", "Our supplier says:\n\n" + Forwarded, "ben@example.org", false)]
    public void What_we_write_among_ourselves_or_forward_answers_nobody(string subject, string text, string to, bool nobody)
    {
        MailAddress[] recipients = [.. to.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(address => new MailAddress(null, address))];
        var copy = Head(subject, new MailAddress("Jo", "jo@acme.example")) with { Recipients = recipients };

        Assert.Equal(nobody, Posts.Of(copy, 1, text).AnswersNobody);
        Assert.Equal((nobody, true), (Posts.Of(copy with { From = new MailAddress(null, "jo@home.example") }, 1, text, isSent: true).AnswersNobody, Posts.Of(copy, 1, text, isSent: true).ByUs));
        Assert.False(Posts.Of(copy with { From = new MailAddress(null, "zoe@example.org") }, 1, text).AnswersNobody);
    }

    [Theory]
    [InlineData("Fwd: Kettle", "Can you help her?\n\n" + Forwarded, "mia@example.org", "Mia Lang")]
    [InlineData("Kettle", Forwarded, "mia@example.org", "Mia Lang")]
    [InlineData("WG: Kettle", "-----Ursprüngliche Nachricht-----\nVon: Mia Lang [mailto:Mia@example.org]\nGesendet: Montag, 2. November 2026 09:00\nAn: sales@acme.example\nBetreff: Kettle\n\nEr brennt", "mia@example.org", "Mia Lang")]
    [InlineData("Fwd: Kettle", "Begin forwarded message:\n\n> From: \"Mia Lang\" <mia@example.org>\n> Subject: Kettle\n> To: sales@acme.example\n>\n> It smokes", "mia@example.org", "Mia Lang")]
    [InlineData("Fwd: Kettle", "-------- Forwarded Message --------\nSubject: Re: Kettle\nDate: Mon, 2 Nov 2026 10:00\nFrom: Ben <ben@acme.example>\nTo: Mia\n\nWe will see\n\nOn 2 Nov 2026 at 09:00, Mia Lang <mia@example.org> wrote:\n> It smokes", "mia@example.org", null)]
    [InlineData("Fwd: Kettle", "It smokes", "a@x passed on", "unknown, forwarded by Jo")]
    [InlineData("Fwd: Kettle", "-------- Forwarded Message --------\nSubject: Rota\nDate: Mon, 2 Nov 2026 10:00\nFrom: Ben <ben@acme.example>\nTo: all@acme.example\n\nNobody came", "jo@acme.example", "Jo")]
    [InlineData("Re: Kettle", "It smokes, says Mia", "jo@acme.example", "Jo")]
    public void What_a_colleague_forwards_to_us_is_by_who_wrote_it(string subject, string text, string id, string? name)
    {
        var letter = Head(subject, new MailAddress("Jo", "jo@acme.example")) with { Recipients = [new MailAddress(null, "care@acme.example")] };

        var post = Posts.Of(letter, 1, text);

        Assert.Equal((id, name, id == "jo@acme.example"), (post.Author.Id, post.Author.Name, new Ours(["*@acme.example"]).Wrote(post)));
        Assert.Equal("jo@acme.example", Posts.Of(letter, 1, text, isSent: true).Author.Id);
    }

    private const string Forwarded = "---------- Forwarded message ---------\nFrom: Mia Lang <mia@example.org>\nDate: Mon, 2 Nov 2026 at 09:00\nSubject: Kettle\nTo: <sales@acme.example>\n\nYour kettle burned my hand";

    private static MailPost Posts => PostsOf("care@acme.example");

    private static MailPost PostsOf(string user) => new("inbox", new MailOptions { Host = "mail.acme.example", User = user, Ours = new Ours(["*@acme.example", "*@acme.test"]) });

    private static HeaderFields Fields(string fields) => HeaderFields.Parse(Encoding.ASCII.GetBytes(fields));

    private static MailAddress Address(string text) => text.Split(" <") is [var name, var address] ? new MailAddress(name, address.TrimEnd('>')) : new MailAddress(null, text);

    private static MailHead Head(string subject, MailAddress from) => new(1, Today, Today, subject, from, "<a@x>", null, HeaderFields.Parse([]), Plain);

    private static Post PostOf(string subject, string text, string? name = "Mia", string address = "mia@example.org", string id = "<a@x>") =>
        new MailPost("inbox", new MailOptions { Host = "mail.acme.example", User = "care@acme.example" })
            .Of(new MailHead(1, Today, Today, subject, new MailAddress(name, address), id, null, HeaderFields.Parse([]), Plain), 1, text);

    private static BodyPart Plain => new("1", "text/plain", new Dictionary<string, string>(), "7bit", 9, null, null, []);

    private static DateTimeOffset? At(string? time) => time is null ? null : DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
