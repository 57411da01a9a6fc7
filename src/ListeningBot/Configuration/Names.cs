namespace ListeningBot.Configuration;

/// <summary>Which names channels, rooms and teams may have: they stand in keys, file names and environment variables.</summary>
internal static class Names
{
    public const int Longest = 40;
    public const string Cure = "Use small letters, digits, - and _ (one at a time), beginning with a letter, at most 40.";

    public static bool IsFit(string name) =>
        name.Length is > 0 and <= Longest
        && char.IsLetter(name[0])
        && name.All(c => char.IsAsciiDigit(c) || c is '-' or '_' || (char.IsLetter(c) && !char.IsUpper(c)))
        && !name.Contains("__", StringComparison.Ordinal);
}
