using System.Text.Json.Serialization;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>A message as it is sent: to a channel, as an edit, or as the data of an answer to a press. Null fields are left out.</summary>
internal sealed record MessageBody
{
    public string? Content { get; init; }
    public IReadOnlyList<Embed>? Embeds { get; init; }
    public IReadOnlyList<Component>? Components { get; init; }

    /// <summary>Always said: nobody is mentioned by anything that we send.</summary>
    public AllowedMentions AllowedMentions { get; init; } = new([]);
    public string? Nonce { get; init; }
    public bool? EnforceNonce { get; init; }
    public MessageReference? MessageReference { get; init; }
    public int? Flags { get; init; }

    /// <summary>Null leaves those of an edited message as they are.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; private init; }

    /// <summary>Sent as a file beside this body: see <see cref="Showing"/>.</summary>
    [JsonIgnore]
    public Picture? Picture { get; private init; }

    /// <summary>Links in the text show no preview.</summary>
    public const int NoPreviews = 1 << 2;

    /// <summary>Only the presser sees it.</summary>
    public const int OnlyForPresser = 1 << 6;

    /// <summary>With a picture in the last embed; a message edited so has this one instead of those before.</summary>
    public MessageBody Showing(Picture? picture)
    {
        if (picture is null || Embeds is not { Count: > 0 } embeds)
        {
            return this;
        }
        var file = Attachment.Of(picture);
        return this with
        {
            Picture = picture,
            Attachments = [file],
            Embeds = [.. embeds.SkipLast(1), embeds[^1] with { Image = new EmbedImage("attachment://" + file.Filename) }],
        };
    }

    public MessageBody WithoutPicture() => this with { Picture = null, Attachments = null, Embeds = Embeds is null ? null : [.. Embeds.Select(embed => embed with { Image = null })] };
}

internal sealed record Embed
{
    public string? Description { get; init; }

    /// <summary>Shown nowhere as long as there is no title: holds the <see cref="Mark"/>.</summary>
    public string? Url { get; init; }
    public int? Color { get; init; }
    public EmbedImage? Image { get; init; }
}

internal sealed record EmbedImage(string Url);

/// <param name="Id">The number of the file that is sent with it.</param>
/// <param name="Description">Read out to those who can't see it; at most 1,024 characters.</param>
internal sealed record Attachment(int Id, string Filename, string Description)
{
    private const int LongestDescription = 1000;

    public static Attachment Of(Picture picture)
    {
        var name = new string([.. picture.Name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.').Take(60)]);
        return new Attachment(0, name.EndsWith(".png", StringComparison.Ordinal) ? name : name + ".png", Fitting.Shorter(Cleaning.OneLine(picture.Alt), LongestDescription));
    }
}

/// <param name="Parse">What the text may mention: nothing.</param>
/// <param name="Users">Whom it may mention by name all the same, by id; at most 100.</param>
internal sealed record AllowedMentions(IReadOnlyList<string> Parse, IReadOnlyList<string>? Users = null);

internal sealed record MessageReference(string MessageId, bool FailIfNotExists);

/// <summary>A row, button or menu; which fields are set depends on <see cref="Type"/>.</summary>
internal sealed record Component
{
    public const int Row = 1;
    public const int Button = 2;
    public const int Menu = 3;
    public const int TextInput = 4;

    /// <summary>Names the one component inside it, in a form.</summary>
    public const int Named = 18;

    public required int Type { get; init; }
    public int? Style { get; init; }
    public string? Label { get; init; }
    public string? CustomId { get; init; }
    public string? Url { get; init; }
    public string? Placeholder { get; init; }
    public IReadOnlyList<MenuOption>? Options { get; init; }
    public IReadOnlyList<Component>? Components { get; init; }

    [JsonPropertyName("component")]
    public Component? Inside { get; init; }
    public int? MaxLength { get; init; }
    public bool? Required { get; init; }
    public string? Value { get; init; }
}

internal sealed record MenuOption(string Label, string Value);

/// <summary>The first answer to an interaction.</summary>
internal sealed record Callback(int Type, MessageBody? Data = null)
{
    public const int Pong = 1;
    public const int Message = 4;
    public const int DeferredMessage = 5;
    public const int DeferredUpdate = 6;
    public const int Update = 7;
}

/// <summary>A form as the first answer to a press or command; it can't come later.</summary>
internal sealed record FormCallback(FormBody Data)
{
    public int Type => 9;
}

/// <param name="Title">At most 45 characters.</param>
/// <param name="CustomId">Comes back with what was written.</param>
internal sealed record FormBody(string Title, string CustomId, IReadOnlyList<Component> Components);

/// <param name="AutoArchiveDuration">Minutes without a message until it leaves the list of channels.</param>
internal sealed record ThreadStart(string Name, int AutoArchiveDuration);

/// <summary>Null fields stay as they are.</summary>
internal sealed record ThreadChange(bool? Archived = null, string? Name = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(Callback))]
[JsonSerializable(typeof(FormCallback))]
[JsonSerializable(typeof(ThreadStart))]
[JsonSerializable(typeof(ThreadChange))]
[JsonSerializable(typeof(IReadOnlyList<SlashCommand>))]
internal sealed partial class PayloadJson : JsonSerializerContext;
