namespace ListeningBot.Channels;

/// <summary>Mail addresses that a service gives to everybody, and that nobody reads: they tell no one from another.</summary>
internal static class NobodysAddress
{
    public static bool Is(string address)
    {
        var name = string.Concat(address.Split('@')[0].Split('-', '_', '.')).ToLowerInvariant();
        return name.StartsWith("noreply", StringComparison.Ordinal) || name.StartsWith("donotreply", StringComparison.Ordinal) || name.EndsWith("noreply", StringComparison.Ordinal)
            || name is "no" or "none" or "nobody" or "nomail" or "noemail" or "nospam" or "anonymous" or "unknown"
                or "wordpress" or "webform" or "contactform" or "kontaktformular" or "formular" or "formsubmit";
    }
}
