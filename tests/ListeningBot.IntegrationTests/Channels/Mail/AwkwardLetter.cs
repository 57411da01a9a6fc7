using System.Text;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>A letter as some mailer wrote it, and what is to be read in it. What is null is not looked at.</summary>
/// <param name="Raw">Each character is a byte; a sender and a Message-ID are added when it names none.</param>
internal sealed record AwkwardLetter(string Name, string Raw)
{
    public string? Title { get; init; }
    public string? Text { get; init; }
    public string? Author { get; init; }
    public string? Address { get; init; }
    public string? Id { get; init; }
    public string? Answers { get; init; }
    public string? Thread { get; init; }
    public string? Posted { get; init; }
    public bool? Automatic { get; init; }

    public byte[] Bytes(int number)
    {
        var from = Raw.Contains("From:", StringComparison.OrdinalIgnoreCase) ? "" : "From: Ann <ann@example.org>\n";
        var id = Raw.Contains("Message-ID:", StringComparison.OrdinalIgnoreCase) ? "" : $"Message-ID: <awkward-{number}@example.org>\n";
        return Encoding.Latin1.GetBytes($"X-Number: {number}\n{from}{id}{Raw}".Replace("\r\n", "\n").Replace("\n", "\r\n"));
    }

    /// <summary>Text in the bytes of a charset, one character a byte.</summary>
    public static string In(string charset, string text) => Encoding.Latin1.GetString((charset == "utf-8" ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset)).GetBytes(text));

    public static string Base64(string charset, string text) => Convert.ToBase64String(Encoding.Latin1.GetBytes(In(charset, text)));
}
