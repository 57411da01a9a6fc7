using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Cards as Discord messages. All text that is not ours goes through <see cref="Escaping"/>.</summary>
internal static class Rendering
{
    /// <summary>Discord takes 4,096 characters in an embed's description.</summary>
    public const int MostDescription = 4000;

    /// <summary>Discord takes 2,000 in a message's text.</summary>
    private const int MostContent = 1900;
    private const int MostMentions = 20;
    public const int Grey = 0x4E5058;
    public const int Green = 0x248046;
    private const int Red = 0xDA373C;

    public static MessageBody Of(Card card) => card switch
    {
        CaseCard @case => CaseRendering.Of(@case),
        DossierCard dossier => DossierRendering.Of(dossier),
        GroupCard group => GroupRendering.Of(group),
        DigestCard digest => DigestRendering.Of(digest),
        TrayCard tray => TrayRendering.Of(tray),
        NoticeCard notice => Of(notice),
        _ => throw new NotSupportedException($"Discord has no look for {card.GetType().Name}."),
    };

    /// <summary>Only those are mentioned whom we mean, whatever the text holds.</summary>
    public static MessageBody Of(Ping ping, MessageAddress card)
    {
        IReadOnlyList<string> people = [.. ping.To.Select(Person.IdOf).OfType<string>().Distinct().Take(MostMentions)];
        var mentions = string.Concat(people.Select(id => $"<@{id}> "));
        return new MessageBody
        {
            Content = mentions + (Escaping.Lines(ping.Text, MostContent - mentions.Length) is { Length: > 0 } text ? text : "…"),
            AllowedMentions = new AllowedMentions([], people),
            Components = Buttons.Rows(ping.Buttons),
            Flags = MessageBody.NoPreviews,
            MessageReference = new MessageReference(card.Message, FailIfNotExists: false),
            Nonce = Nonce.Of(ping),
            EnforceNonce = true,
        };
    }

    /// <summary>Each reader sees it as "3 minutes ago", in the own language.</summary>
    public static string Ago(DateTimeOffset moment) => $"<t:{moment.ToUnixTimeSeconds()}:R>";

    /// <summary>Each reader sees it as "Friday, 6 November 2026 10:00" in the own time zone and language.</summary>
    public static string At(DateTimeOffset moment) => $"<t:{moment.ToUnixTimeSeconds()}:F>";

    private static MessageBody Of(NoticeCard notice) => new()
    {
        Embeds =
        [
            new Embed
            {
                Description = $"{(notice.Good ? "🟢" : "🔴")} {Escaping.Lines(notice.Text, MostDescription - 100)}\n-# {Ago(notice.At)}",
                Url = Mark.Of(notice).ToString(),
                Color = notice.Good ? Green : Red,
            },
        ],
        Components = Buttons.Rows(notice.Buttons),
    };
}
