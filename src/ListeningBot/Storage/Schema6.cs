namespace ListeningBot.Storage;

/// <summary>Version 6: what can't be dealt with waits for a human.</summary>
internal static class Schema6
{
    public const string Sql = """
        -- item: the post as JSON when it was understood but could not be recorded, so that it can be tried again
        ALTER TABLE kept_aside ADD COLUMN item TEXT;
        ALTER TABLE kept_aside ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;

        -- a page that goes is looked for in the tray
        CREATE INDEX tray_of_page ON tray (page) WHERE page IS NOT NULL;
        """;
}
