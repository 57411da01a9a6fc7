using System.Text.Json.Serialization;

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

    /// <summary>Links in the text show no preview.</summary>
    public const int NoPreviews = 1 << 2;

    /// <summary>Only the presser sees it.</summary>
    public const int OnlyForPresser = 1 << 6;
}

internal sealed record Embed
{
    public string? Description { get; init; }

    /// <summary>Shown nowhere as long as there is no title: holds the <see cref="Mark"/>.</summary>
    public string? Url { get; init; }
    public int? Color { get; init; }
    public EmbedImage? Image { get; init; }
}

/// <param name="Url">"attachment://digest.png": the file of that name which comes with the message.</param>
internal sealed record EmbedImage(string Url);

internal sealed record AllowedMentions(IReadOnlyList<string> Parse);

internal sealed record MessageReference(string MessageId, bool FailIfNotExists);

/// <summary>A row, button or menu; which fields are set depends on <see cref="Type"/>.</summary>
internal sealed record Component
{
    public const int Row = 1;
    public const int Button = 2;
    public const int Menu = 3;

    public required int Type { get; init; }
    public int? Style { get; init; }
    public string? Label { get; init; }
    public string? CustomId { get; init; }
    public string? Url { get; init; }
    public string? Placeholder { get; init; }
    public IReadOnlyList<MenuOption>? Options { get; init; }
    public IReadOnlyList<Component>? Components { get; init; }
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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(Callback))]
internal sealed partial class PayloadJson : JsonSerializerContext;
