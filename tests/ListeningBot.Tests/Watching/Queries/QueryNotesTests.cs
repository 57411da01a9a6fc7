using System.Globalization;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Tests.Watching.Queries;

/// <summary>Query, place (start+length), what is wrong, the cure: beside those of the managers' guide.</summary>
public sealed class QueryNotesTests
{
    private const string Problems =
        """
        refund"late"  =>  6+1 has a quotation mark directly after a word. Put a blank before it to begin a phrase; write "refund\"" for the mark itself.
        15" screen  =>  2+1 has a quotation mark directly after a word. Put a blank before it to begin a phrase; write "15\"" for the mark itself.
        "refund"*  =>  0+9 has "*" directly after a quote. Write the * inside: "refund*".
        "a b"~5  =>  0+7 has "~5" directly after a quote. Write how near its words are with NEAR: late NEAR/5 delivery.
        (refund OR late  =>  0+1 has a ( that is not closed. Write ) where the part ends, or take the ( away.
        ()  =>  0+1 has a ( with nothing after it. Write a word between ( and ), or take them away.
        refund AND  =>  7+3 expects a word after AND. Write one there, or take AND away. To find the word itself put it in quotes: "and".
        AND refund  =>  0+3 expects a word before AND. Write one there, or take AND away.
        NEAR/5 late  =>  0+6 expects a word before NEAR/5. Write one there, or take NEAR/5 away.
        late NEAR/5  =>  5+6 expects a word after NEAR/5. Write one there, or take NEAR/5 away. To find the word itself put it in quotes: "near/5".
        NOT  =>  0+3 expects a word after NOT. Write one there, or take NOT away. To find the word itself put it in quotes: "not".
        refund - late  =>  7+1 has a - that stands alone. To leave a word out write the - directly before it: -giveaway. Else take it away.
        refund – late  =>  7+1 has a - that stands alone. To leave a word out write the - directly before it: -giveaway. Else take it away.
        --late  =>  0+6 has two - before a word. Write one: -late.
        a AND/OR b  =>  2+6 has AND/OR. Write OR: it also fits when both are there.
        a && b  =>  2+2 has &&. Write AND, or nothing: words side by side must all be there.
        a | b  =>  2+1 has |. Write OR: it also fits when both are there.
        fish & chips  =>  5+1 has a & that stands alone. Write AND, or nothing; for a name put all of it in quotes: "fish & chips".
        a|b  =>  0+3 has a | in "a|b". Write a OR b.
        a&&b  =>  0+4 has a && in "a&&b". Write a AND b.
        !refund  =>  0+7 has a ! before a word. To leave it out write -refund.
        !(a OR b)  =>  0+1 has !. Write NOT.
        late NEAR5 delivery  =>  5+5 has "NEAR5". Write NEAR/5.
        late NEAR/500 delivery  =>  5+8 has "NEAR/500", more than 100 words. Write NEAR/100 or less, or AND for anywhere in the post.
        late NEAR/x delivery  =>  5+6 has "NEAR/x", which does not say how many words may stand between. Write the number directly after a slash: NEAR/5 for at most five words between.
        late NEAR\3 delivery  =>  5+6 has "NEAR\3". Write NEAR/3.
        late NEAR:3 delivery  =>  5+6 has "NEAR:3". Write NEAR/3.
        a NEAR/5 -b  =>  2+6 has NEAR beside NOT. To rule out that they stand together write NOT (a NEAR/5 b).
        -a NEAR/5 b  =>  3+6 has NEAR beside NOT. To rule out that they stand together write NOT (a NEAR/5 b).
        NOT a NEAR/5 b  =>  6+6 has NEAR beside NOT. To rule out that they stand together write NOT (a NEAR/5 b).
        a NEAR/5 (b AND c)  =>  2+6 has NEAR beside several words that must all be there. Put a phrase in quotes, or write OR between them.
        a NEAR/5 stars:2  =>  2+6 has NEAR beside what is no word. On both sides of NEAR stand words and phrases, or several with OR in parentheses: (late OR slow) NEAR/5 delivery.
        a NEAR/5 b NEAR/5 c  =>  11+6 has NEAR beside a third word. Take two at a time: (a NEAR/5 b) AND (b NEAR/5 c).
        *  =>  0+1 has a * that stands alone. Write it at the end of a word: refund*.
        refund *  =>  7+1 has a * that stands alone. Write it at the end of a word: refund*.
        *fund  =>  0+5 has a * before a word in "*fund". A * stands at the end of a word only: name each word that you mean, with OR between.
        *fund*  =>  0+6 has a * before a word in "*fund*". A * stands at the end of a word only: name each word that you mean, with OR between.
        r*  =>  0+2 has a * after fewer than two letters in "r*". Write at least two letters directly before it, as in refund*, or take it away: punctuation is of no account.
        refund**  =>  0+8 has more than one * in "refund**". Write one: refund*.
        5* hotel  =>  0+2 has a * after fewer than two letters in "5*". Write at least two letters directly before it, as in refund*, or take it away: punctuation is of no account.
        "5* hotel"  =>  1+2 has a * after fewer than two letters in "5*". Write at least two letters directly before it, as in refund*, or take it away: punctuation is of no account.
        "f*ck"  =>  1+4 has a * inside a word in "f*ck". A * stands at the end of a word only: name each word that you mean, with OR between.
        ~(a OR b)  =>  0+1 has a ~ before what is no single word. Write it inside, before each word that it is meant for: "~order ~cancel".
        ~#tag  =>  0+5 has a ~ before a sign in "~#tag". Write #tag as it is, or ~tag for the forms of the word.
        ~refund*  =>  0+8 has both ~ and * in "~refund*". Write ~refund for its forms, or refund* for all words that begin so.
        ~50  =>  0+3 has a ~ that is not before a word. Write it directly before a word, as in ~refund, or take it away.
        ~  =>  0+1 has a ~ that is not before a word. Write it directly before a word, as in ~refund, or take it away.
        refund~  =>  0+7 has a ~ after a word in "refund~". For its forms write ~refund.
        refund~2  =>  0+8 has a ~ after a word in "refund~2". For its forms write ~refund.
        ~nimbus-book  =>  0+12 has a ~ before more than one word in "~nimbus-book". Write them apart, each with its own: "~order ~cancel".
        language:de  =>  0+11 has the unknown field "language:". Did you mean lang:? To find the text itself put it in quotes: "language:de".
        note: refund  =>  0+12 has the unknown field "note:". To find the text itself put it in quotes: "note: refund".
        min_faves:10  =>  0+12 has the unknown field "min_faves:". To find the text itself put it in quotes: "min_faves:10".
        is:repl  =>  3+4 has "repl" after is:, which is not known there. Did you mean is:reply? Known here: reply, repost.
        is:retweet  =>  3+7 has "retweet" after is:, which is not known there. Did you mean is:repost?
        about:xyz  =>  6+3 has "xyz" after about:, which is not known there. Known here: safety, privacy, refund, billing, outage, delivery, app, staff, quality, other.
        priority:urgent  =>  9+6 has "urgent" after priority:, which is not known there. Did you mean priority:critical? Known here: low, normal, high, critical.
        priority:hihg  =>  9+4 has "hihg" after priority:, which is not known there. Did you mean priority:high? Known here: low, normal, high, critical.
        stars:7  =>  6+1 has "7" for stars. Write a number from 1 to 5: stars:2, stars:<=2.
        stars:<=two  =>  6+5 has "<=two" for stars. Write stars:<=2.
        stars:2,5  =>  6+3 has "2,5" for stars. Write stars:2.5.
        stars:1-2  =>  6+3 has "1-2" for stars. Write stars:>=1 stars:<=2.
        late|slow||old  =>  0+14 has a | in "late|slow||old". Write late OR slow OR old.
        stars:9+  =>  6+2 has "9+" for stars. Write a number from 1 to 5: stars:2, stars:<=2.
        stars:=<2  =>  6+3 has "=<2" for stars. Write stars:<=2.
        stars:!=2  =>  6+3 has "!=2" for stars. Write -stars:2.
        stars:2+  =>  6+2 has "2+" for stars. Write stars:>=2.
        stars:  =>  0+6 has nothing after stars:. Write it directly after the colon, as in stars:<=2; the name stands before each value anew, with OR between.
        stars : 2  =>  6+1 has a blank before a colon. Write it without: stars:<=2.
        stars<=2  =>  0+8 has "stars<=2" without a colon. Write stars:<=2.
        followers:1,000  =>  10+5 has "1,000" for followers. Write it without commas and points: followers:1000.
        followers:>1.000  =>  10+6 has ">1.000" for followers. Write it without commas and points: followers:>1000.
        followers:-5  =>  10+2 has "-5" for followers. Write a whole number: followers:>1000, followers:>1.5M.
        followers:99999999999999999999  =>  10+20 has "99999999999999999999" for followers. Write a whole number: followers:>1000, followers:>1.5M.
        followers:1e5  =>  10+3 has "1e5" for followers. Write a whole number: followers:>1000, followers:>1.5M.
        lang:en-US  =>  5+5 has the language "en-US", which is not known. Write lang:en.
        lang:de,en  =>  5+5 has a comma after lang:. Write (lang:de OR lang:en).
        channel:inbox,reviews  =>  8+13 has a comma after channel:. Write (channel:inbox OR channel:reviews).
        url:acme  =>  4+4 has "acme", which is no web address. Write a host, with a path if need be: url:acme.example/support.
        from:(a OR b)  =>  0+5 has nothing after from:. Write it directly after the colon, as in from:@name; the name stands before each value anew, with OR between.
        from:@  =>  5+1 has no account after from:. Write from:@name.
        to:  =>  0+3 has nothing after to:. Write it directly after the colon, as in to:@name; the name stands before each value anew, with OR between.
        //  =>  0+2 has the regular expression "", which fits every post. Write something in it that must be there.
        /refund  =>  0+1 has a / at the beginning of a word, where a regular expression begins, and no / that ends it. To find the text itself put it in quotes: "/refund".
        /r/laptops  =>  0+10 has "laptops" directly after the / that ends a regular expression. To find the text itself put it in quotes: "/r/laptops".
        /x/i  =>  0+4 has "i" directly after the / that ends a regular expression. Take it away: capitals are of no account anyway.
        /(a/  =>  0+4 has the regular expression "(a", which can't be read at its character 2. Close each ( with ), or write \( for the sign itself.
        /a)b/  =>  0+5 has the regular expression "a)b", which can't be read at its character 2. Open each ) with (, or write \) for the sign itself.
        /*a/  =>  0+4 has the regular expression "*a", which can't be read at its character 1. Write what is repeated before each *, + and ?, or \*, \+ and \? for the signs themselves.
        /(?=a)b/  =>  0+8 has the regular expression "(?=a)b", which looks ahead, looks back or asks for the same again. Leave out (?=, (?!, (?<=, (?<!, (?> and \1: on some texts they take too long.
        /x?/  =>  0+4 has the regular expression "x?", which fits every post. Write something in it that must be there.
        /(a{100}){100}/  =>  0+15 has the regular expression "(a{100}){100}", which repeats too much. Take smaller numbers in { }: all that is repeated may come to 1000 characters.
        /a{1000000000}/  =>  0+15 has the regular expression "a{1000000000}", which repeats too much. Take smaller numbers in { }: all that is repeated may come to 1000 characters.
        a / b  =>  2+1 has "/", which is punctuation only and can't be found. Use a word or an emoji.
        $nobody  =>  0+7 has the piece $nobody, which is not known. Known here: $brand, $noise.
        $brnd  =>  0+5 has the piece $brnd, which is not known. Did you mean $brand?
        ${brand}  =>  0+8 has "${brand}". Write a piece without brackets: $brand.
        $brand's  =>  0+8 has "$brand's", which is no name of a piece. Names have letters, digits, - and _ only. To find the text itself put it in quotes: "$brand's".
        :(  =>  0+2 has ":(", which is punctuation only and can't be found. Use a word or an emoji.
        refund :)  =>  7+2 has ":)", which is punctuation only and can't be found. Use a word or an emoji.
        (refund OR :) )  =>  11+2 has ":)", which is punctuation only and can't be found. Use a word or an emoji.
        !!!  =>  0+3 has "!!!", which is punctuation only and can't be found. Use a word or an emoji.
        😡*  =>  0+3 has a * after fewer than two letters in "😡*". Write at least two letters directly before it, as in refund*, or take it away: punctuation is of no account.
        refund(s)  =>  0+9 has "refund(s)". Write ~refund for all its forms, or (refund OR refunds).
        ""  =>  0+2 has nothing between its quotes. Write a word there, or take the quotes away.
        late NOT AND x  =>  5+3 expects a word after NOT, not AND. Write one there, or take NOT away. To find the word itself put it in quotes: "not".
        a ) b ) c  =>  2+1 has a ) without a ( before it. Take it away, or write the ( where the part begins.
        a ) b ) c  =>  6+1 has a ) without a ( before it. Take it away, or write the ( where the part begins.
        ) a  =>  0+1 has a ) without a ( before it. Take it away, or write the ( where the part begins.
        ( a ( b  =>  0+1 has a ( that is not closed. Write ) where the part ends, or take the ( away.
        ( a ( b  =>  4+1 has a ( that is not closed. Write ) where the part ends, or take the ( away.
        (a OR) b  =>  3+2 expects a word after OR. Write one there, or take OR away. To find the word itself put it in quotes: "or".
        a (OR b)  =>  3+2 expects a word before OR. Write one there, or take OR away.
        "late again  =>  0+1 has a quote that is not closed. Close it where the phrase ends, as in "late again", or take it away.
        url:acme.example,  =>  4+13 has "acme.example,", which is no web address. Write a host, with a path if need be: url:acme.example/support.
        url:ftp://acme.example/x  =>  4+20 has "ftp://acme.example/x", which is no web address. Write a host, with a path if need be: url:acme.example/support.
        is:  =>  0+3 has nothing after is:. Write it directly after the colon, as in is:reply; the name stands before each value anew, with OR between.
        refund - late OR x  =>  7+1 has a - that stands alone. To leave a word out write the - directly before it: -giveaway. Else take it away.
        ＯＲ late  =>  0+2 expects a word before ＯＲ. Write one there, or take ＯＲ away.
        late stars <=2  =>  11+3 has "stars <=2" without a colon. Write stars:<=2.
        followers > 1000  =>  10+1 has "followers >" without a colon. Write followers:>1000.
        late [refund OR parcel]  =>  5+7 has a [ before a word. Write ( and ) round what belongs together, or take it away.
        {refund late}  =>  0+7 has a { before a word. Write ( and ) round what belongs together, or take it away.
        stars:★★  =>  6+2 has "★★" for stars. Write a number from 1 to 5: stars:2, stars:<=2.
        #  =>  0+1 has "#", which is punctuation only and can't be found. Write it directly before a word, as in #nimbus, or take it away.
        @  =>  0+1 has "@", which is punctuation only and can't be found. Write it directly before a word, as in @nimbus, or take it away.
        $  =>  0+1 has "$", which is punctuation only and can't be found. Write it directly before a word, as in $brand, or take it away.
        $$  =>  0+2 has "$$", which is punctuation only and can't be found. Use a word or an emoji.
        ~~late  =>  0+6 has a ~ that is not before a word. Write it directly before a word, as in ~refund, or take it away.
        "~50 euros"  =>  1+3 has a ~ that is not before a word. Write it directly before a word, as in ~refund, or take it away.
        c:\temp  =>  0+7 has the unknown field "c:". To find the text itself put it in quotes: "c:\temp".
        Re: order  =>  0+9 has the unknown field "re:". To find the text itself put it in quotes: "Re: order".
        émoji: x  =>  0+8 has the unknown field "émoji:". To find the text itself put it in quotes: "émoji: x".
        сообщение:да  =>  0+12 has the unknown field "сообщение:". To find the text itself put it in quotes: "сообщение:да".
        """;

    private const string Warnings =
        """
        "a", "b"  =>  3+1 has a comma, which means nothing here: words side by side must all be there. Write OR if any of them is enough, else leave the comma out.
        refund and late  =>  7+3 has "and", which is taken as a word to look for. Write AND in capitals if it joins words; else put it in quotes.
        not refund  =>  0+3 has "not", which is taken as a word to look for. Write NOT in capitals if it joins words; else put it in quotes.
        and/or  =>  0+6 has "and/or", which is taken as a word to look for. Write OR in capitals if it joins words; else put it in quotes.
        a near/5 b  =>  2+6 has "near/5", which is taken as a word to look for. Write NEAR/5 in capitals if it joins words; else put it in quotes.
        refund*,  =>  0+8 has a comma, which means nothing here: words side by side must all be there. Write OR if any of them is enough, else leave the comma out.
        stars:>5  =>  0+8 can never fit a post: "stars:>5" leaves no stars that would fit. Change one of them, or write OR between.
        $brand, late  =>  0+7 has a comma, which means nothing here: words side by side must all be there. Write OR if any of them is enough, else leave the comma out.
        a OR b c  =>  0+8 has OR beside words that must all be there, without parentheses. It is read as a OR (b c). Put parentheses where you mean them.
        a b OR c -d  =>  0+11 has OR beside words that must all be there, without parentheses. It is read as (a b) OR (c -d). Put parentheses where you mean them.
        refund late refund  =>  12+6 has "refund" twice. Once is enough: take one away.
        refund -refund  =>  0+6 can never fit a post: "refund" is asked for and ruled out. Take one of the two away.
        #refund -refund  =>  0+7 can never fit a post: "#refund" is asked for and ruled out. Take one of the two away.
        "refund now" -refund  =>  0+12 can never fit a post: ""refund now"" is asked for and ruled out. Take one of the two away.
        refund* -re*  =>  0+7 can never fit a post: "refund*" is asked for and ruled out. Take one of the two away.
        $brand -$brand  =>  0+6 can never fit a post: "$brand" is asked for and ruled out. Take one of the two away.
        stars:<2 stars:>4  =>  9+8 can never fit a post: "stars:>4" leaves no stars that would fit. Change one of them, or write OR between.
        lang:de lang:en  =>  8+7 can never fit a post: "lang:en" is asked for beside another, and a post has one only. Write (lang:de OR lang:en).
        refund OR -refund  =>  10+7 has "-refund" beside its opposite with OR between, so it fits every post. Write AND, or take one of them away.
        refund, late  =>  0+7 has a comma, which means nothing here: words side by side must all be there. Write OR if any of them is enough, else leave the comma out.
        refund; late  =>  0+7 has a semicolon, which means nothing here: words side by side must all be there. Write OR if any of them is enough, else leave the semicolon out.
        refund,late  =>  0+11 has "refund,late", which is read as the phrase "refund late". Write (refund OR late) if any of them is enough.
        'not working'  =>  0+4 has single quotes, which make no phrase: its words may stand anywhere. Write it in double quotes: "not working".
        AND,  =>  0+4 has a comma, which means nothing here: words side by side must all be there. Write OR if any of them is enough, else leave the comma out.
        -$noise late  =>  0+7 rules out what is ruled out already: "-$noise" asks for it again. Take one NOT or - away.
        NOT NOT late  =>  0+12 rules out what is ruled out already: "NOT NOT late" asks for it again. Take one NOT or - away.
        stars:3 OR -stars:3  =>  11+8 has "-stars:3" beside its opposite with OR between, so it fits every post. Write AND, or take one of them away.
        followers:>100 followers:<101  =>  15+14 can never fit a post: "followers:<101" leaves no followers that would fit. Change one of them, or write OR between.
        priority:high priority:<high  =>  14+14 can never fit a post: "priority:<high" leaves no priority that would fit. Change one of them, or write OR between.
        (refund late) refund  =>  14+6 has "refund" twice. Once is enough: take one away.
        (a OR b) OR a  =>  12+1 has "a" twice. Once is enough: take one away.
        """;

    private static readonly QueryPieces s_pieces = QueryPieces.Read([("brand", "acme OR nimbus"), ("noise", "-giveaway")]);

    public static TheoryData<string, string> ProblemRows => Rows(Problems);

    public static TheoryData<string, string> WarningRows => Rows(Warnings);

    [Theory]
    [MemberData(nameof(ProblemRows))]
    public void A_problem_is_told_with_its_place_and_cure(string query, string told)
    {
        var reading = QueryParser.Read(query, s_pieces);

        Assert.Null(reading.Root);
        Assert.Equal(told, string.Join('\n', reading.Problems.Select(Written)));
    }

    [Theory]
    [MemberData(nameof(WarningRows))]
    public void A_likely_mistake_is_warned_of(string query, string told)
    {
        var reading = QueryParser.Read(query, s_pieces);

        Assert.NotNull(reading.Root);
        Assert.Equal(told, string.Join('\n', reading.Warnings.Select(Written)));
    }

    [Theory]
    [InlineData("refund late")]
    [InlineData("refund OR late OR \"still waiting\"")]
    [InlineData("(refund late) OR slow")]
    [InlineData("$brand -$brand-new")]
    [InlineData("refund* refund")]
    [InlineData("#refund -@refund")]
    [InlineData("refund -#refund")]
    [InlineData("\"or\" \"not now\" 'tis")]
    [InlineData("stars:>=2 stars:<=2")]
    [InlineData("followers:>100 followers:<=101")]
    [InlineData("priority:high priority:<critical")]
    [InlineData("lang:de OR lang:en")]
    [InlineData("1,000 3,5 help!")]
    public void What_is_surely_meant_is_not_warned_of(string query)
    {
        var pieces = QueryPieces.Read([("brand", "acme OR nimbus"), ("brand-new", "nimbusbook")]);

        Assert.Empty(QueryParser.Read(query, pieces).Problems);
        Assert.Empty(QueryParser.Read(query, pieces).Warnings);
    }

    [Theory]
    [InlineData("late", null)]
    [InlineData("late -slow", null)]
    [InlineData("late OR /x+/", null)]
    [InlineData("stars:1 channel:reviews", null)]
    [InlineData("url:acme.example", null)]
    [InlineData("$brand stars:1", null)]
    [InlineData("-late", "0+5 names no word that must be there")]
    [InlineData("stars:1 from:@mia", "0+17 names no word that must be there")]
    [InlineData("late OR $noise", "8+6 has a part that fits posts with none of its words")]
    [InlineData("stars:1 -channel:reviews", "0+24 names no word that must be there")]
    public void A_query_that_fits_posts_without_its_words_is_told_apart(string query, string? told)
    {
        var wide = QueryParser.Read(query, s_pieces).Wide;

        Assert.Equal(told, wide is null ? null : Written(wide)[..^". So it looks at every post of every channel: name channels, or add a word.".Length]);
    }

    private static string Written(QueryProblem note) => string.Create(CultureInfo.InvariantCulture, $"{note.At.Start}+{note.At.Length} {note.What}. {note.Cure}");

    /// <summary>Rows with the same query are one.</summary>
    private static TheoryData<string, string> Rows(string table) =>
        [.. table.Split('\n').Select(row => row.Split("  =>  ")).GroupBy(row => row[0], row => row[1]).Select(row => (row.Key, string.Join('\n', row)))];
}
