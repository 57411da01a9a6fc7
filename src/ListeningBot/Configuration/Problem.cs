namespace ListeningBot.Configuration;

/// <summary>What is wrong with the configuration, where, and what cures it. Never holds a secret's value.</summary>
/// <param name="File">Path as the user gave it, or the environment variable's name.</param>
/// <param name="Line">From 1; null when the place is not a line.</param>
public sealed record Problem(string File, int? Line, string What, string Cure)
{
    /// <summary>Where in its line, in characters from 1; null when it is the whole line.</summary>
    public int? Column { get; init; }

    /// <summary>A secret has no value here. Where only the service is given its secrets, this is no error of the files.</summary>
    public bool IsAbsentSecret { get; init; }

    public override string ToString() => $"{File}{(Line is { } line ? $":{line}" : "")}{(Column is { } column ? $":{column}" : "")}: {What}. {Cure}";
}

/// <summary>A problem of one option, found by its room; the configuration adds file and line.</summary>
/// <param name="Option">The option's name inside its section: "Url".</param>
/// <param name="What">What is wrong, without a full stop: 'is not a web address: "foo"'.</param>
/// <param name="Cure">A full sentence: "Give an address that begins with https://."</param>
public sealed record OptionProblem(string Option, string What, string Cure);
