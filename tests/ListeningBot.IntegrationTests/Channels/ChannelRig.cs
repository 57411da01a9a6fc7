using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.IntegrationTests.Channels;

/// <summary>What a service can do to a channel.</summary>
public enum Trouble
{
    /// <summary>All is well again.</summary>
    None,
    Unauthorized,
    Forbidden,

    /// <summary>Too many requests; wait <see cref="ChannelRig.RateLimitWait"/>.</summary>
    RateLimited,
    RateLimitedWithoutWait,
    ServerError,

    /// <summary>Takes the request and never answers.</summary>
    Hang,

    /// <summary>Ends the connection in the middle of an answer that holds items.</summary>
    CutOff,

    /// <summary>Answers well, with nothing at all in it (no item, perhaps no byte).</summary>
    Empty,

    /// <summary>Answers with bytes that make no sense.</summary>
    Garbage,
}

/// <summary>An item to put into the service. Texts are unique words, so that they are found again in the posts.</summary>
public sealed record ContractItem(string Id, string Text, DateTimeOffset? Posted);

/// <summary>A local service, and how the channel under test is made for it. One for each test.</summary>
public abstract class ChannelRig : IAsyncDisposable
{
    public static readonly TimeSpan RateLimitWait = TimeSpan.FromSeconds(37);

    public virtual TimeProvider Time => TimeProvider.System;

    /// <summary>Hosts for Http:AllowPrivateHosts.</summary>
    public virtual IReadOnlyList<string> Hosts => ["127.0.0.1"];

    /// <summary>A password or token that the channel is given, to be looked for in all it says; null when it has none.</summary>
    public virtual string? Secret => null;

    /// <summary>True when a resumed channel overlaps a little on purpose, and the store sorts doubles out by key.</summary>
    public virtual bool MayRepeat => false;

    /// <summary>Makes a new channel, as a restart of the program would. Time limits should be short here: below two seconds.</summary>
    public abstract IChannel Create(ChannelContext context);

    /// <summary>Adds items to those that the service has, newest last.</summary>
    public abstract Task OfferAsync(params ContractItem[] items);

    /// <summary>Adds something that can't be understood, where an item should be.</summary>
    public abstract Task OfferGarbageAsync();

    /// <summary>From now on the service behaves like this.</summary>
    public abstract Task BehaveAsync(Trouble trouble);

    /// <summary>All that the service can do to this channel.</summary>
    public virtual IReadOnlyList<Trouble> Troubles => Enum.GetValues<Trouble>();

    public ChannelContext Context(Microsoft.Extensions.Logging.ILoggerFactory logs, Func<TimeSpan, CancellationToken, Task> nextPoll) =>
        new("contract", new WebReader(new HttpSettings { AllowPrivateHosts = Hosts }, Time), Time, logs, nextPoll);

    public abstract ValueTask DisposeAsync();
}
