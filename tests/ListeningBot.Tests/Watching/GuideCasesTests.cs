using System.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

/// <summary>What the managers' guide promises, taken by its words and written down by hand: a query, a text, and whether a reader of the guide expects it.</summary>
public sealed class GuideCasesTests
{
    private static readonly (string Query, string Finds, string Misses)[] s_cases =
    [
        // Words: whole ones, capitals and accents of no account.
        ("refund", "REFUND!|Refund?|(refund)|re\u00ADfund|ｒｅｆｕｎｄ|#refund|@refund|https://refund.example/|l'refund|refund's|**refund**|_refund_|refund-me|\"refund\"", "refunds|prerefund|refund_me|refundme|re fund|#refunds|@refund_me"),
        ("muller", "Müller|MÜLLER|Mu\u0308ller", "Mueller|Müllers"),
        ("straße", "STRASSE|Straße", "Strase"),
        ("can", "Can you?|can|a can.|can'|can 't", "can't|CAN’T|scan"),
        ("can't", "I can't|CAN’T", "can|cant"),
        ("AT&T", "AT&T|at & t|AT-T|at t", "att|AT&TX|at x t"),
        ("3.5", "version 3.5!|3,5|3-5", "35|3.51"),
        ("c++", "C++|C#|see c", "cc"),
        ("nimbus-book", "nimbus book|Nimbus-Book|nimbus_book nimbus/book", "nimbusbook|nimbus my book"),
        ("возврат", "ВОЗВРАТ!|#возврат", "возврата"),
        ("επιστροφή", "ΕΠΙΣΤΡΟΦΗ", "επιστροφές"),
        ("返金", "全額返金して|#返金|返金", "返した金"),
        ("환불", "환불을|#환불해줘", "환 율"),
        ("😡", "late 😡😡|😡|no😡no", "😠|:("),
        ("👩‍💻", "an 👩‍💻", "a 👩|a 💻"),

        // Phrases.
        ("\"still waiting\"", "I am STILL - waiting|still... waiting|still\nwaiting|#StillWaiting|#still_waiting|#still waiting|@still #waiting|still 'waiting'", "waiting, still|still not waiting|stillwaiting|#stillwaiting|still waitings|still 😡 waiting"),
        ("\"acme down again\"", "acme #DownAgain|#AcmeDown again|#AcmeDown #Again_now|acme #down again|@acme #DownAgainToday", "acme #AgainDown|#AcmeDown so again|#acme_downagain"),
        ("\"OR\"", "this or that", "orb"),
        ("\"re: order\"", "Re: order 5|re order", "reorder"),
        ("\"say \\\"no\\\" now\"", "say no now|say \"no\", now", "say now no"),
        ("\"a b a c\"", "a b a b a c|a, b: a c", "a b a b c"),

        // AND, OR, NOT.
        ("refund late", "So late, where is my refund?|#RefundLate", "refund|late"),
        ("late OR slow delivery", "late|slow delivery|delivery so slow", "slow|delivery"),
        ("(late OR slow) delivery", "late delivery|#SlowDelivery", "late|slow|delivery"),
        ("nimbus -giveaway", "nimbus|nimbus giveaways", "nimbus giveaway|giveaway|nimbus #giveaway|@giveaway nimbus"),
        ("nimbus -(giveaway OR \"win a\")", "win nimbus a|nimbus", "Win a nimbus|giveaway: nimbus"),
        ("nimbus OR -giveaway", "nimbus giveaway|hello|", "giveaway"),
        ("NOT (nimbus OR -late)", "late|so late", "nimbus late|nimbus|hello"),
        ("NOT NOT nimbus", "nimbus", "other"),
        ("a (b OR NOT c)", "a b c|a|a d|a b", "a c|b|"),
        ("-(a b) c", "c|a c|b c", "a b c|#AB_a b c"),
        ("(a OR b) -(c OR d -e)", "a|b d e|a e", "a c|b d|a c e|c|d e"),
        ("-(a NEAR/1 b)", "a x y b|a|b|hello", "a b|b x a"),

        // NEAR.
        ("battery NEAR/3 fire", "Fire in the battery|battery fire|battery 1 2 3 fire|#BatteryFire|battery can't stop the fire|battery isn’t on fire", "battery 1 2 3 4 fire|The battery is full, I sit by the warm fire|battery|fire"),
        ("battery NEAR/1 fire", "battery isn't fire|battery on fire|fire - isn’t - battery|battery #SoNotGood fire|battery 😡 fire", "battery is not fire|battery 😡😡 fire|battery don't won't fire"),
        ("late NEAR/0 late", "late, late|#late late", "late|late so late"),
        ("\"big refund\" NEAR/1 late", "late a big refund|big refund so late|#BigRefund late", "big refund is so late|big late refund"),
        ("refund* NEAR/2 ~break", "refunding the broken|it breaks my refunds", "refunding the one that broke|refunding"),
        ("(late OR slow) NEAR/2 (parcel OR delivery)", "The parcel is late|slow as delivery", "Late in the evening we ordered another parcel"),
        ("acme NEAR/0 down", "#AcmeDown|#DownAcme|acme, down|#acme #down|#AcmeIsDown|#Acme_has_been_down|#AcmeIs down so", "acme is down|#acme so #down"),
        ("返金 NEAR/1 遅", "返金が遅い|遅い返金", "返金がとても遅い"),
        ("a NEAR/2 (b OR \"a b\")", "a b|a x y a b|a a b", "a x y z b|b"),

        // How words begin.
        ("refund*", "refund|They refunded half|#RefundNow|#NoRefunds|@refundhelp|ｒｅｆｕｎｄｓ|refund's|re\u200Bfunds|https://refunds.example", "No re-fund|prerefund|#norefund|refun"),
        ("\"want a refund*\"", "I want a refunding plan|#WantARefund now|want-a-refund", "I want refunds|want a big refund"),
        ("\"acme* down*\"", "#AcmeDownAgain|acmes downtime|#AcmeShop down|@acmehelp downs", "acme is down|downs acme"),
        ("\"#acme*\"", "#acmedown|#AcmeDown|#acme", "acmedown|@acme|#DownAcme"),
        ("\"@acme*\"", "@acmehelp|@acme.bsky.social", "acme|#acme|acme@mail.example"),
        ("can*", "cannot|can't|CAN|canned", "scan"),
        ("возвр*", "ВОЗВРАТЫ|возврат", "невозврат"),
        ("стра*", "страна", "трасса"),
        ("über*", "UBERFALL|überall", "üb er"),
        ("AT&Ten*", "at & tennis", "attention|at tea"),

        // Forms.
        ("~break", "It broke|broken|#BrokenAgain|breaking!|@break", "Breakfast|breakable|brook"),
        ("\"~cancel my order\"", "They cancelled my order|canceling my order", "They kept my order|cancelled order|cancellation my order"),
        ("~refund -refund", "refunded", "refund|refunded, no refund"),
        ("~kündigen", "ich kündige|gekündigt|GEKUNDIGT", "Kunde"),
        ("~Häuser", "ein Haus|Häusern", "Hausherr"),

        // Signs.
        ("#nimbus", "So slow #nimbus|＃nimbus|#NIMBUS", "So slow, nimbus|@nimbus|#nimbusbook|a#nimbus"),
        ("@nimbus", "Hey @nimbus|＠nimbus|.@nimbus|(@nimbus)", "Hey nimbus|#nimbus|jo@nimbus"),
        ("#AcmeDown", "#acmedown|#ACMEDOWN", "#acme_down|acme down|acmedown"),
        ("down", "#AcmeDown|#acme_down|#DOWN|#HTTPServerDown", "#acmedown|@acme_down|#Downtown"),
        ("\"#acme down\"", "#acme down|#acme #down", "acme down|#AcmeDown"),
        ("to:nimbus", "@nimbus where?|@tom @nimbus hi|@NIMBUS|@nimbus.bsky.social where is it?|@tom.bsky.social @nimbus@chat.example hi", "Where is it, @nimbus?|nimbus|@nimbusbook hi|. @nimbus|@nimbusbook.bsky.social hi|@nimbus-fan.bsky.social hi|@fan.nimbus.example hi|@fan@nimbus.example hi|nimbus.bsky.social|@tom Where is @nimbus.bsky.social?"),
        ("to:nimbus@chat.example", "@nimbus@chat.example hi", "@nimbus hi|@nimbus@chat.example.evil.example hi|@nimbus.bsky.social hi"),

        // Links and patterns.
        ("url:acme.example/help", "See https://www.acme.example/help/battery|(http://acme.example/help)|https://shop.acme.example/help?x=1", "https://acme.example/news|acme.example|https://notacme.example/help|https://acme.example.evil.example/help"),
        ("has:link", "https://a.example/x|www.a.example", "a.example|hello"),
        ("-has:link nimbus", "nimbus", "nimbus https://a.example"),
        ("/order #?[0-9]{6}/", "My Order 123456|ORDER #123456|preorder 1234567", "order 12345|order number 123456"),
        ("/^late/ OR /now$/", "LATE again|right now", "so late again|now or never"),
        ("/a\\/b/", "A/B|xa/bx", "ab|a\\/b"),
    ];

    public static TheoryData<string, string, bool> Cases =>
    [
        .. s_cases.SelectMany(one => one.Finds.Split('|').Select(text => new TheoryDataRow<string, string, bool>(one.Query, text, true))),
        .. s_cases.SelectMany(one => one.Misses.Split('|').Select(text => new TheoryDataRow<string, string, bool>(one.Query, text, false))),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_query_finds_what_the_guide_says(string query, string text, bool found)
    {
        var set = WatchSet.Build([QueryMatchingTests.Watching(query)], Ours.Nobody);
        var far = string.Concat(Enumerable.Repeat("... ", 400));

        Assert.Equal(found, set.Find(Some.Post(text), null).Count > 0);
        Assert.Equal(found || query.Contains(':', StringComparison.Ordinal), set.Matches(Encoding.UTF8.GetBytes(text), "posts") || query.Contains(':', StringComparison.Ordinal));
        if (!query.Contains("to:", StringComparison.Ordinal) && !query.Contains("/^", StringComparison.Ordinal))
        {
            Assert.Equal(found, set.Find(Some.Post(far + text), null).Count > 0);
        }
        Assert.Equal(found, WatchSet.Build([QueryMatchingTests.Watching(QueryText.Of(set.Watches[0].Query!.Root))], Ours.Nobody).Find(Some.Post(text), null).Count > 0);
    }
}
