using ListeningBot.Core.Alerting;
using ListeningBot.Core.Watching;

namespace ListeningBot.Configuration;

/// <summary>After an edit, what it left alone stays the very same object, so that nobody restarts for it.</summary>
internal static class Unchanged
{
    public static Settings Keep(Settings old, Settings @new) => @new with
    {
        Channels = SameList(old.Channels, [.. @new.Channels.Select(c => Same(old.Channels, c))]),
        Notifiers = SameList(old.Notifiers, [.. @new.Notifiers.Select(n => Same(old.Notifiers, n))]),
        Rooms = SameList(old.Rooms, @new.Rooms),
        Watches = old.Watches.Count == @new.Watches.Count && old.Watches.Zip(@new.Watches).All(w => AreSame(w.First, w.Second)) ? old.Watches : @new.Watches,
        Responders = old.RespondersPrint == @new.RespondersPrint ? old.Responders : @new.Responders,
        Ours = old.Ours.Accounts.SequenceEqual(@new.Ours.Accounts, StringComparer.Ordinal) ? old.Ours : @new.Ours,
        Playbook = AreSame(old.Playbook, @new.Playbook) ? old.Playbook : @new.Playbook,
        Http = old.Http.UserAgent == @new.Http.UserAgent && old.Http.AllowPrivateHosts.SequenceEqual(@new.Http.AllowPrivateHosts) ? old.Http : @new.Http,
        Canary = old.Canary with { Rooms = [] } == @new.Canary with { Rooms = [] } && old.Canary.Rooms.SequenceEqual(@new.Canary.Rooms) ? old.Canary : @new.Canary,
        LogLevels = old.LogLevels.Count == @new.LogLevels.Count && !old.LogLevels.Except(@new.LogLevels).Any() ? old.LogLevels : @new.LogLevels,
    };

    private static ChannelSettings Same(IReadOnlyList<ChannelSettings> old, ChannelSettings @new) =>
        old.FirstOrDefault(o => o.Name == @new.Name && o.Kind == @new.Kind && o.Fingerprint.Length > 0 && o.Fingerprint == @new.Fingerprint) ?? @new;

    private static NotifierSettings Same(IReadOnlyList<NotifierSettings> old, NotifierSettings @new) =>
        old.FirstOrDefault(o => o.Name == @new.Name && o.Kind == @new.Kind && o.Fingerprint.Length > 0 && o.Fingerprint == @new.Fingerprint) ?? @new;

    private static IReadOnlyList<T> SameList<T>(IReadOnlyList<T> old, IReadOnlyList<T> @new) => old.SequenceEqual(@new) ? old : @new;

    private static bool AreSame(Playbook a, Playbook b) =>
        a.Replies.SequenceEqual(b.Replies) && a.Gestures.Count == b.Gestures.Count && a.Gestures.Zip(b.Gestures).All(g => AreSame(g.First, g.Second));

    private static bool AreSame(Gesture a, Gesture b) =>
        a with { Aspects = [], Say = b.Say } == b with { Aspects = [] } && a.Aspects.SequenceEqual(b.Aspects) && a.Say.Count == b.Say.Count && !a.Say.Except(b.Say).Any();

    private static bool AreSame(Watch a, Watch b) =>
        a with { Find = [], Exclude = [], Channels = [], Languages = [] } == b with { Find = [], Exclude = [], Channels = [], Languages = [] }
        && a.Find.SequenceEqual(b.Find) && a.Exclude.SequenceEqual(b.Exclude) && a.Channels.SequenceEqual(b.Channels) && a.Languages.SequenceEqual(b.Languages);
}
