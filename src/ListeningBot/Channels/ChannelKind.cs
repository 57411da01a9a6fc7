using ListeningBot.Channels.Searches;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Watching;
using ListeningBot.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels;

/// <summary>What every channel may use.</summary>
/// <param name="Name">The configured name of the instance.</param>
/// <param name="NextPoll">Completes when it is time to ask the source again; the argument is the wished pause.</param>
public sealed record ChannelContext(string Name, WebReader Web, TimeProvider Time, ILoggerFactory Logs, Func<TimeSpan, CancellationToken, Task> NextPoll)
{
    /// <summary>Completes when it is time for the next of several places, before all were asked once; like <see cref="NextPoll"/> where nothing else is said.</summary>
    public Func<TimeSpan, CancellationToken, Task> NextPlace { get; init; } = NextPoll;

    /// <summary>For channels that are posted to.</summary>
    public Doors Doors { get; init; } = Doors.Closed("Posts are taken in by `run` alone. Nothing can be asked for here.");

    /// <summary>For services that charge for what is read; where nothing is counted it grants nothing.</summary>
    public ISpending Spending { get; init; } = new NoSpending();

    /// <summary>The folder of the store, for a secret that a service handed out anew and that must outlast the program; null: nothing is kept.</summary>
    public string? Folder { get; init; }

    /// <summary>Where such a secret lies instead when several machines share a database; null: in the folder.</summary>
    public SharedPapers? Papers { get; init; }

    /// <summary>When it was last heard, before this reading; null: never, or it is not kept.</summary>
    public Func<CancellationToken, Task<DateTimeOffset?>> HeardAt { get; init; } = _ => Task.FromResult<DateTimeOffset?>(null);

    /// <summary>Takes what each look at its places found, where a channel reads several; here nobody is told.</summary>
    public Func<PlacesLook, CancellationToken, Task> Looked { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Takes why nothing can be heard at this moment, though the channel has not given up: health is red with it until the next batch. Here nobody is told.</summary>
    public Action<string> Unheard { get; init; } = _ => { };

    /// <summary>The notifier that the options name (<see cref="IThroughNotifier"/>); null when there is none of that name.</summary>
    public INotifier? Notifier { get; init; }
}

/// <summary>Options of a channel that listens through the connection of a notifier, and is read anew when that is made anew.</summary>
public interface IThroughNotifier
{
    /// <summary>The configured name of the notifier.</summary>
    string Notifier { get; }
}

/// <summary>A kind of channel: all that the program knows of a folder below Channels.</summary>
public abstract class ChannelKind(string name)
{
    /// <summary>As written in the configuration: "rss".</summary>
    public string Name { get; } = name;

    /// <summary>Its posts may say that they are of another kind.</summary>
    public bool ShowsOtherKinds { get; init; }

    /// <summary>Its posts were written to us alone: their cards go to a room of their own.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Its posts are brought to us: where several machines share the work, each of them listens.</summary>
    public bool IsBrought { get; init; }

    /// <summary>The options record: its public properties are the keys that the configuration knows, its `required` ones must be given.</summary>
    public abstract Type OptionsType { get; }

    /// <summary>Its posts may have stars. Default: they have none.</summary>
    public bool HasStars { get; init; }

    /// <summary>Throws <see cref="InvalidOperationException"/> when a value can't be read as its type.</summary>
    public abstract object Bind(IConfigurationSection section);
    public abstract IEnumerable<OptionProblem> Validate(object options);
    public abstract IChannel Create(ChannelContext context, object options);

    /// <summary>For `check --online`: connects and signs in, moves nothing. Returns what it found, for people; throws <see cref="ChannelException"/>.</summary>
    public abstract Task<string> SignInAsync(ChannelContext context, object options, CancellationToken ct);

    /// <summary>How the authors of its posts are looked up; null where the posts say all that can be known.</summary>
    public virtual IAuthorLookup? Authors(ChannelContext context, object options) => null;

    /// <summary>How posts of open cases are asked for again; null where the service can't be asked, or tells of changes by itself.</summary>
    public virtual IThreadReader? Threads(ChannelContext context, object options) => null;

    /// <summary>How a made-up complaint gets into its source; null where nothing is configured for that, or nothing could be.</summary>
    public virtual ICanaryPath? Canary(ChannelContext context, object options) => null;

    /// <summary>What its service is searched for because of these watches; null where it is not searched.</summary>
    /// <param name="channel">The configured name of the instance.</param>
    public virtual SearchPlan? Searches(string channel, object options, WatchSet watches) => null;
}

/// <summary>A kind with its options record.</summary>
public sealed class ChannelKind<TOptions>(
    string name,
    Func<TOptions, IEnumerable<OptionProblem>> validate,
    Func<ChannelContext, TOptions, IChannel> create,
    Func<ChannelContext, TOptions, CancellationToken, Task<string>> signIn,
    Func<ChannelContext, TOptions, IAuthorLookup>? authors = null,
    Func<ChannelContext, TOptions, IThreadReader?>? threads = null,
    Func<ChannelContext, TOptions, ICanaryPath?>? canary = null,
    Func<string, TOptions, WatchSet, SearchPlan>? searches = null) : ChannelKind(name)
    where TOptions : class
{
    public override Type OptionsType => typeof(TOptions);

    public override object Bind(IConfigurationSection section) =>
        section.Get<TOptions>() ?? throw new InvalidOperationException("is empty");

    public override IEnumerable<OptionProblem> Validate(object options) => validate((TOptions)options);
    public override IChannel Create(ChannelContext context, object options) => create(context, (TOptions)options);
    public override Task<string> SignInAsync(ChannelContext context, object options, CancellationToken ct) => signIn(context, (TOptions)options, ct);
    public override IAuthorLookup? Authors(ChannelContext context, object options) => authors?.Invoke(context, (TOptions)options);
    public override IThreadReader? Threads(ChannelContext context, object options) => threads?.Invoke(context, (TOptions)options);
    public override ICanaryPath? Canary(ChannelContext context, object options) => canary?.Invoke(context, (TOptions)options);
    public override SearchPlan? Searches(string channel, object options, WatchSet watches) => searches?.Invoke(channel, (TOptions)options, watches);
}
