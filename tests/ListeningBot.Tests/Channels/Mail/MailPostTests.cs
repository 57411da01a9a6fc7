using System.Text;
using ListeningBot.Channels.Mail;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Mime;

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

    private static BodyPart Plain => new("1", "text/plain", new Dictionary<string, string>(), "7bit", 9, null, null, []);

    private static DateTimeOffset? At(string? time) => time is null ? null : DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
