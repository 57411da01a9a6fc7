namespace ListeningBot.IntegrationTests.EndToEnd.Crashes;

/// <summary>Where the program is when it is killed. Nothing in the program says so: the services around it hold back an answer, or its store is looked at.</summary>
public enum CrashStep
{
    AtAnyMoment,
    WhileItStarts,
    FeedAskedFor,
    ReadNotStored,
    InTheTransaction,
    Committed,
    CursorMoved,
    CardBeingSent,
    CardTakenNotAnswered,
    CardAnsweredNotNoted,
    CardBeingEdited,
    CardEditedNotAnswered,
    PressStoredNotAnswered,
    PressAnsweredNotHeard,
    PressAnswered,
    ThreadBeingStarted,
    ThreadStartedNotAnswered,
    ThreadBeingFilled,
    ThreadFilledNotAnswered,
    DueWorkSwept,
    PingBeingSent,
    PingTakenNotAnswered,
    PingAnsweredNotNoted,
    PingBeingWithdrawn,
    PingWithdrawnNotAnswered,
    AuthorAskedFor,
    ConfigurationStored,
    DeliveryStoredNotAnswered,
    DeliveryAnswered,

    /// <summary>From here on PostgreSQL alone: before the program is killed, its server is, or sessions are ended, or a connection breaks in the middle of an answer, some times over.</summary>
    DatabaseKilled,
    SessionsEnded,
    AnswerCutOff,
}
