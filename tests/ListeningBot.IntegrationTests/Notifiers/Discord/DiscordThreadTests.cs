using System.Text.Json.Nodes;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

public sealed class DiscordThreadTests : IAsyncLifetime
{
    private DiscordHouse _house = null!;
    private MessageRef _card = null!;

    private string Thread => _card.Value.Split('/')[1];
    private IReadOnlyList<JsonObject> InThread => [.. _house.Discord.Messages(Thread).Where(message => (int?)message["type"] != 21)];

    public async ValueTask InitializeAsync()
    {
        _house = await DiscordHouse.OpenAsync();
        _card = Delivered(await _house.Notifier.PutAsync(_house.Room, _house.Card(state: CaseState.Claimed), null, default));
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_dossier_stands_in_a_thread_under_its_card()
    {
        var put = Delivered(await PutAsync(_house.Dossier(_card)));

        Assert.Equal("Case 12: Mia Lang", _house.Discord.ThreadUnder(Thread)!.Name);
        Assert.StartsWith(Thread + "/", put.Value);
        Assert.Contains("three in a month", LocalPress.Words(Assert.Single(InThread)));
        Assert.Single(_house.Messages);
    }

    [Fact]
    public async Task It_is_edited_in_place()
    {
        var first = Delivered(await PutAsync(_house.Dossier(_card)));
        var second = Delivered(await PutAsync(_house.Dossier(_card, 2, words: "four in a month"), first));

        Assert.Equal(first, second);
        Assert.Contains("four in a month", LocalPress.Words(Assert.Single(InThread)));
    }

    [Fact]
    public async Task A_thread_that_somebody_started_is_used()
    {
        _house.Discord.StartThreadByHand(DiscordHouse.Channel, Thread);

        Delivered(await PutAsync(_house.Dossier(_card)));

        Assert.Single(InThread);
        Assert.Equal("by hand", _house.Discord.ThreadUnder(Thread)!.Name);
    }

    [Fact]
    public async Task A_name_that_no_longer_holds_is_changed_also_after_a_restart()
    {
        var put = Delivered(await PutAsync(_house.Dossier(_card)));

        _house.NewNotifier();
        Delivered(await PutAsync(_house.Dossier(_card, 2, "Case 12: someone"), put));
        Delivered(await PutAsync(_house.Dossier(_card, 3, "Case 12: someone"), put));

        Assert.Equal("Case 12: someone", _house.Discord.ThreadUnder(Thread)!.Name);
        Assert.Single(_house.Discord.Requests, request => request.Method == "PATCH" && request.Path == "/api/v10/channels/" + Thread);
    }

    [Fact]
    public async Task A_thread_that_may_not_be_renamed_keeps_its_name_and_gets_its_words()
    {
        _house.Discord.StartThreadByHand(DiscordHouse.Channel, Thread);
        var put = Delivered(await PutAsync(_house.Dossier(_card)));

        Assert.Equal(put, Delivered(await PutAsync(_house.Dossier(_card, 2, words: "four in a month"), put)));
        Delivered(await PutAsync(_house.Dossier(_card, 3), put));

        Assert.Equal("by hand", _house.Discord.ThreadUnder(Thread)!.Name);
        Assert.Single(_house.Logs.Lines, line => line.StartsWith("2111", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_archived_thread_is_opened_again_for_an_edit_and_by_a_new_message()
    {
        var put = Delivered(await PutAsync(_house.Dossier(_card)));
        _house.Discord.ThreadUnder(Thread)!.Archived = true;

        Assert.Equal(put, Delivered(await PutAsync(_house.Dossier(_card, 2, words: "again"), put)));

        Assert.False(_house.Discord.ThreadUnder(Thread)!.Archived);
        Assert.Contains("again", LocalPress.Words(Assert.Single(InThread)));
    }

    [Fact]
    public async Task A_locked_thread_is_told_with_its_cure()
    {
        var put = Delivered(await PutAsync(_house.Dossier(_card)));
        var thread = _house.Discord.ThreadUnder(Thread)!;
        (thread.Archived, thread.Locked) = (true, true);

        Assert.Contains("Unlock it", Assert.IsType<Delivery.Rejected>(await PutAsync(_house.Dossier(_card, 2), put)).Reason);

        _house.Discord.DeleteByHand(Thread, put.Value.Split('/')[1]);
        Assert.Contains("Unlock it", Assert.IsType<Delivery.Rejected>(await PutAsync(_house.Dossier(_card, 2))).Reason);
    }

    [Fact]
    public async Task A_closed_thread_that_the_bot_may_not_open_is_told_with_the_permissions()
    {
        var put = Delivered(await PutAsync(_house.Dossier(_card)));
        _house.Discord.ThreadUnder(Thread)!.Archived = true;
        _house.Discord.BotPermissions &= ~(1UL << 11);

        Assert.Contains("\"Send Messages in Threads\"", Assert.IsType<Delivery.Rejected>(await PutAsync(_house.Dossier(_card, 2), put)).Reason);
    }

    [Fact]
    public async Task A_deleted_message_or_thread_is_gone_and_comes_anew()
    {
        var put = Delivered(await PutAsync(_house.Dossier(_card)));

        _house.Discord.DeleteByHand(Thread, put.Value.Split('/')[1]);
        Assert.IsType<Delivery.Gone>(await PutAsync(_house.Dossier(_card, 2), put));
        var anew = Delivered(await PutAsync(_house.Dossier(_card, 2)));
        Assert.NotEqual(put, anew);

        _house.Discord.RemoveChannel(Thread);
        Assert.IsType<Delivery.Gone>(await PutAsync(_house.Dossier(_card, 3), anew));
        Delivered(await PutAsync(_house.Dossier(_card, 3)));
        Assert.Single(InThread);
    }

    [Fact]
    public async Task A_card_that_was_deleted_leaves_nothing_to_stand_under()
    {
        _house.Discord.DeleteByHand(DiscordHouse.Channel, Thread);

        Assert.IsType<Delivery.Gone>(await PutAsync(_house.Dossier(_card)));
    }

    [Fact]
    public async Task Where_its_room_was_before_and_is_out_of_reach_a_thread_comes_anew_where_the_room_is()
    {
        var put = Delivered(await PutAsync(_house.Dossier(_card)));
        var room = _house.Room with { Address = _house.Discord.AddChannel("100000000000000002").Id };
        _house.Discord.Fail(LocalFault.Status(403, 50001), path: $"/channels/{DiscordHouse.Channel}", times: 99);
        _house.Discord.Fail(LocalFault.Status(403, 50001), path: $"/channels/{Thread}", times: 99);

        Assert.Null(Assert.IsType<Delivery.Gone>(await _house.Notifier.PutAsync(room, _house.Dossier(_card, 2), put, default)).Remains);
        Assert.Null(await _house.Notifier.FindAsync(room, _house.Dossier(_card, 2), DateTimeOffset.UnixEpoch, default));
        Assert.IsType<Delivery.Gone>(await _house.Notifier.PutAsync(room, _house.Dossier(_card, 2), null, default));
        var card = Delivered(await _house.Notifier.PutAsync(room, _house.Card(2), null, default));
        Assert.IsType<Delivery.Gone>(await _house.Notifier.PutAsync(room, _house.Dossier(card, 2), put, default));
        Assert.StartsWith(card.Value.Split('/')[1] + "/", Delivered(await _house.Notifier.PutAsync(room, _house.Dossier(card, 2), null, default)).Value);
    }

    /// <summary>The card that stands there can be changed as before.</summary>
    [Fact]
    public async Task Where_its_room_was_before_and_takes_no_threads_its_card_stays()
    {
        var room = _house.Room with { Address = _house.Discord.AddChannel("100000000000000002").Id };
        _house.Discord.Fail(LocalFault.Status(403, 50013), path: $"/channels/{DiscordHouse.Channel}", times: 99);

        Assert.Contains(DiscordHouse.Channel, Assert.IsType<Delivery.Rejected>(await _house.Notifier.PutAsync(room, _house.Dossier(_card), null, default)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_application_wrote_in_a_thread_is_written_anew()
    {
        var put = Delivered(await PutAsync(_house.Dossier(_card)));
        _house.Discord.Fail(LocalFault.Status(403, 50005), "PATCH");

        Assert.IsType<Delivery.Gone>(await PutAsync(_house.Dossier(_card, 2), put));
    }

    [Theory]
    [InlineData(1UL << 35)]
    [InlineData(1UL << 38)]
    public async Task Without_the_rights_for_threads_the_dossier_alone_is_refused_with_the_cure(ulong missing)
    {
        _house.Discord.BotPermissions &= ~missing;

        var rejected = Assert.IsType<Delivery.Rejected>(await PutAsync(_house.Dossier(_card)));

        Assert.Contains("\"Create Public Threads\"", rejected.Reason);
        Assert.Contains("\"Send Messages in Threads\"", rejected.Reason);
        Assert.Contains("care", rejected.Reason);
        Delivered(await _house.Notifier.PutAsync(_house.Room, _house.Card(id: 13), null, default));
    }

    [Fact]
    public async Task A_server_full_of_threads_is_told()
    {
        _house.Discord.MostThreads = 0;

        Assert.Contains("as many active threads", Assert.IsType<Delivery.Rejected>(await PutAsync(_house.Dossier(_card))).Reason);
    }

    [Fact]
    public async Task A_dossier_is_found_again_in_its_thread_and_nowhere_else()
    {
        var put = Delivered(await PutAsync(_house.Dossier(_card)));
        var later = _house.NewNotifier();

        Assert.Equal(put, await later.FindAsync(_house.Room, _house.Dossier(_card, 5), DateTimeOffset.UnixEpoch, default));
        Assert.Null(await later.FindAsync(_house.Room, _house.Dossier(_card) with { Key = new CardKey("thread:13", "care") }, DateTimeOffset.UnixEpoch, default));
        Assert.Null(await later.FindAsync(_house.Room, _house.Dossier(new MessageRef(DiscordHouse.Channel + "/1")), DateTimeOffset.UnixEpoch, default));
    }

    public static TheoryData<LocalFault.Way, string, Type> Faults => new()
    {
        { LocalFault.TooMany(30), "/threads", typeof(Delivery.Retry) },
        { LocalFault.Status(503), "/threads", typeof(Delivery.Retry) },
        { LocalFault.CutBefore, "/threads", typeof(Delivery.Retry) },
        { LocalFault.CutAfter, "/threads", typeof(Delivery.Retry) },
        { LocalFault.Status(401), "/threads", typeof(Delivery.Blocked) },
        { LocalFault.Status(503), "/messages", typeof(Delivery.Unknown) },
        { LocalFault.CutAfter, "/messages", typeof(Delivery.Unknown) },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_breaks_on_the_way_there_is_one_thread_and_one_dossier(LocalFault.Way way, string where, Type outcome)
    {
        _house.Discord.Fail(way, "POST", where == "/threads" ? "/threads" : $"/channels/{Thread}/messages");

        var broken = await PutAsync(_house.Dossier(_card));
        Assert.IsType(outcome, broken);

        _house.NewNotifier();
        var found = await _house.Notifier.FindAsync(_house.Room, _house.Dossier(_card), DateTimeOffset.UnixEpoch, default);
        Delivered(await PutAsync(_house.Dossier(_card), found));
        Assert.Single(InThread);
    }

    [Theory]
    [InlineData("\u202e\u200b")]
    [InlineData("")]
    [InlineData("🧑‍🤝‍🧑")]
    public async Task A_thread_has_a_name_whatever_the_customer_is_called(string name)
    {
        Delivered(await PutAsync(_house.Dossier(_card, title: string.Concat(Enumerable.Repeat(name, 60)))));

        Assert.InRange(_house.Discord.ThreadUnder(Thread)!.Name.Length, 1, 100);
    }

    [Fact]
    public async Task A_chart_comes_with_its_card_and_the_card_without_it_where_no_files_are_allowed()
    {
        byte[] png = [137, 80, 78, 71, 13, 10, 26, 10, 0, 255];
        var digest = new DigestCard { Key = new CardKey("digest:1", "care"), Version = 1, Title = "Your week", Sections = [new Section("Came", ["12 cases"])], Chart = new Picture("week \"1\".png", "Cases by day", png) };

        var shown = await _house.ShownAsync(digest);
        _house.Discord.BotPermissions &= ~(1UL << 15);
        var bare = await _house.ShownAsync(digest with { Key = new CardKey("digest:2", "care") });

        var file = Assert.Single(shown["attachments"]!.AsArray());
        Assert.Equal(("week1.png", "Cases by day"), ((string)file!["filename"]!, (string)file["description"]!));
        Assert.Equal("attachment://week1.png", (string)shown["embeds"]![0]!["image"]!["url"]!);
        Assert.Equal(png, _house.Discord.Requests.First(request => request.Files.Count > 0).Files[0].Content);
        Assert.Empty(bare["attachments"]!.AsArray());
        Assert.Contains("12 cases", LocalPress.Words(bare));
    }

    private Task<Delivery> PutAsync(DossierCard dossier, MessageRef? known = null) => _house.Notifier.PutAsync(_house.Room, dossier, known, default);

    private static MessageRef Delivered(Delivery delivery) => Assert.IsType<Delivery.Delivered>(delivery).Message;
}
