using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Configuration.Schemas;

/// <summary>The keys of config/gestures.yaml.</summary>
internal static class GesturesSchema
{
    public static readonly MapKeys Gesture = new(
        new("name", "What it is, for colleagues; no other gesture has it.", Shape.Text(shortest: 1, longest: GesturesFile.LongestName), Required: true),
        new("aspects", "For which troubles. Default: all.", Shape.List(Shape.OneOf(Aspects.Names))),
        new("severity", "From which pain on: 0 small, 1 noticeable, 2 serious, 3 grave. Default: 0.", Shape.Whole(0, Severity.Most, 0)),
        new("priority", "From which priority on. Default: low.", Shape.OneOf(GesturesFile.Priorities, GesturesFile.Priorities[0])),
        new("up to", "What it may cost at most: an amount and three letters. Default: nothing to speak of.", Shape.Text(pattern: @"^[0-9]{1,7}(\.[0-9]{1,2})? [A-Z]{3}$")),
        new("approve", "Who says yes. Default: anyone.", Shape.OneOf(GesturesFile.Approvers, GesturesFile.Approvers[0])),
        new("say", "What a draft says of it, by two-letter language. Used only when anyone may give it.", Shape.MapOf(Shape.Text(shortest: 1, longest: GesturesFile.LongestSay), Shape.LanguagePattern)));

    public static readonly MapKeys Top = new(new Key("gestures", "What may be offered. Each gesture needs a name.", Shape.ListOrNothing(Gesture.Schema())));
}
