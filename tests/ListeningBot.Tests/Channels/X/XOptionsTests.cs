using ListeningBot.Channels.X;

namespace ListeningBot.Tests.Channels.X;

public sealed class XOptionsTests
{
    private static readonly XOptions Good = new() { Token = "s3cret-token", Budget = 2, Account = "@acme" };

    [Fact]
    public void Good_options_have_no_problem()
    {
        Assert.Empty(XOptions.Validate(Good));
        Assert.Empty(XOptions.Validate(Good with { Budget = 0.2m }));
        Assert.Empty(XOptions.Validate(Good with { Budget = 0.2m, Account = null }));
        Assert.Empty(XOptions.Validate(Good with { Budget = 0.2m, Listen = XListen.Stream }));
        Assert.Empty(XOptions.Validate(Good with { PostPrice = 0.000001m }));
    }

    public static TheoryData<string, XOptions> Bad => new()
    {
        { "Token", Good with { Token = "" } },
        { "Token", Good with { Token = "two words" } },
        { "Budget", Good with { Budget = 0 } },
        { "Budget", Good with { Budget = 100_001 } },
        { "Account", Good with { Account = "no account" } },
        { "Account", Good with { Account = null, Listen = XListen.Mentions } },
        { "Account", Good with { Account = "2244994945", Listen = XListen.Stream } },
        { "Every", Good with { Every = TimeSpan.FromSeconds(1) } },
        { "PostPrice", Good with { PostPrice = 0 } },
        { "MentionPrice", Good with { MentionPrice = -1 } },
        { "AuthorPrice", Good with { AuthorPrice = 2 } },
        { "Api", Good with { Api = "api.x.com" } },

        // Less than the smallest question costs: it would never hear anything.
        { "Budget", Good with { Budget = 0.2m, Listen = XListen.Stream, Authors = true } },
        { "Budget", Good with { Budget = 2, Listen = XListen.Search, PostPrice = 0.5m } },
        { "Budget", Good with { Budget = 2, PostPrice = 0.5m } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Each_bad_option_is_named_with_its_cure_and_without_the_secret(string option, XOptions options)
    {
        var problem = Assert.Single(XOptions.Validate(options));
        Assert.Equal(option, problem.Option);
        Assert.NotEmpty(problem.Cure);
        Assert.DoesNotContain("s3cret", $"{problem} {options}", StringComparison.Ordinal);
    }
}
