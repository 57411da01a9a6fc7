using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers;

/// <summary>What every notifier may use.</summary>
/// <param name="Rooms">The rooms that this notifier instance serves.</param>
public sealed record NotifierContext(string Name, IReadOnlyList<Room> Rooms, WebReader Web, TimeProvider Time, ILoggerFactory Logs);

/// <summary>A kind of notifier: all that the program knows of a folder below Notifiers.</summary>
public abstract class NotifierKind(string name)
{
    public string Name { get; } = name;

    /// <summary>The options record: its public properties are the keys that the configuration knows, its `required` ones must be given.</summary>
    public abstract Type OptionsType { get; }

    /// <summary>Of an id of a person or role in responders.yaml: null when people can have it there, else what to write instead.</summary>
    public Func<string, string?> CureOfAccount { get; init; } = _ => null;

    /// <summary>Throws <see cref="InvalidOperationException"/> when a value can't be read as its type.</summary>
    public abstract object Bind(IConfigurationSection section);
    public abstract IEnumerable<OptionProblem> Validate(object options, IReadOnlyList<Room> rooms);

    /// <summary>May also be IAsyncDisposable.</summary>
    public abstract INotifier Create(NotifierContext context, object options);

    /// <summary>For `check --online`: signs in and sends a test card to each room. Returns what it did, for people; throws <see cref="IOException"/> with a cure.</summary>
    public abstract Task<string> TryAsync(NotifierContext context, object options, CancellationToken ct);
}

/// <summary>A kind with its options record.</summary>
public sealed class NotifierKind<TOptions>(
    string name,
    Func<TOptions, IReadOnlyList<Room>, IEnumerable<OptionProblem>> validate,
    Func<NotifierContext, TOptions, INotifier> create,
    Func<NotifierContext, TOptions, CancellationToken, Task<string>> tryOut) : NotifierKind(name)
    where TOptions : class, new()
{
    public override Type OptionsType => typeof(TOptions);

    public override object Bind(IConfigurationSection section) => section.Get<TOptions>() ?? new TOptions();
    public override IEnumerable<OptionProblem> Validate(object options, IReadOnlyList<Room> rooms) => validate((TOptions)options, rooms);
    public override INotifier Create(NotifierContext context, object options) => create(context, (TOptions)options);
    public override Task<string> TryAsync(NotifierContext context, object options, CancellationToken ct) => tryOut(context, (TOptions)options, ct);
}
