using System.Globalization;
using System.Text;
using ListeningBot.Channels;
using ListeningBot.Channels.Mail;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>A mailbox at a real Dovecot, with a relay before it that makes the trouble.</summary>
public sealed class MailContractTests : ServiceContractTests
{
    protected override async Task<ChannelRig> StartAsync()
    {
        if (LocalDovecot.WhyMissing() is { } reason)
        {
            Assert.Skip(reason);
        }
        var dovecot = new LocalDovecot();
        await dovecot.StartAsync();
        return new Rig(dovecot);
    }

    private sealed class Rig(LocalDovecot dovecot) : ChannelRig
    {
        /// <summary>Enough for TLS and signing in; what the server says of the letters is cut.</summary>
        private const long CutAfter = 2500;
        private readonly TcpRelay _relay = new(dovecot.Port);
        private string _password = dovecot.Password;

        public override string Secret => dovecot.Password;

        /// <summary>IMAP refuses a sign-in in one way only, and has no word for how long to wait.</summary>
        public override IReadOnlyList<Trouble> Troubles => [.. Enum.GetValues<Trouble>().Except([Trouble.Forbidden, Trouble.RateLimited])];

        public override IChannel Create(ChannelContext context) => new MailChannel(context, new MailOptions
        {
            Host = dovecot.Host,
            Port = _relay.Port,
            User = dovecot.User,
            Password = _password,
            CertificateSha256 = dovecot.CertificateSha256,
            Patience = TimeSpan.FromSeconds(1.5),
        });

        public override async Task OfferAsync(params ContractItem[] items)
        {
            foreach (var item in items)
            {
                var date = item.Posted is { } posted ? $"Date: {posted.ToString("r", CultureInfo.InvariantCulture)}\n" : "";
                await dovecot.DeliverAsync($"From: Mia <mia@example.org>\nMessage-ID: <{item.Id}@example.org>\n{date}Subject: {item.Id}\n\n{item.Text}\n");
            }
        }

        /// <summary>Parts within parts, deeper than any letter: the server's description of it is refused.</summary>
        public override Task OfferGarbageAsync()
        {
            var letter = new StringBuilder("From: x@example.org\nMessage-ID: <deep@example.org>\n");
            for (var depth = 0; depth < 70; depth++)
            {
                letter.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{depth}x\n\n--b{depth}x\n");
            }
            return dovecot.DeliverAsync(letter.Append("Content-Type: text/plain\n\ndeep\n").ToString());
        }

        public override async Task BehaveAsync(Trouble trouble)
        {
            _password = trouble == Trouble.Unauthorized ? "no-such-password" : dovecot.Password;
            _relay.Hangs = trouble == Trouble.Hang;
            _relay.Refuses = trouble is Trouble.Empty;
            _relay.Garbage = trouble == Trouble.Garbage ? [.. Enumerable.Range(0, 2000).Select(i => (byte)(i * 31))] : null;
            _relay.CutAfter = trouble == Trouble.CutOff ? CutAfter : null;
            await (trouble is Trouble.ServerError or Trouble.RateLimitedWithoutWait ? dovecot.StopAsync(kill: true) : dovecot.ResumeAsync());
        }

        public override async ValueTask DisposeAsync()
        {
            await _relay.DisposeAsync();
            await dovecot.DisposeAsync();
        }
    }
}
