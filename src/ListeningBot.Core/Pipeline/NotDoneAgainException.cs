namespace ListeningBot.Core.Pipeline;

/// <summary>What was tried again was refused once more, in words. Whoever asked for it first is not there to read them.</summary>
public sealed class NotDoneAgainException(string message) : Exception(message);
