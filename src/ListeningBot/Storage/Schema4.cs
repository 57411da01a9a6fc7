namespace ListeningBot.Storage;

/// <summary>Version 4: what learning on the job needs. The model that judged a mention stands in the mention's body; there it is missing for what was judged before.</summary>
internal static class Schema4
{
    public const string Sql = "CREATE INDEX verdicts_of_mention ON verdicts (mention, id);";
}
