using ListeningBot.Configuration;

namespace ListeningBot.Tests.Configuration;

/// <summary>Secrets come from outside the files, and never out again.</summary>
public sealed class SecretsTests
{
    private const string Inbox = "{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"me\" } } }";
    private const string Variable = "LISTENINGBOT__Channels__inbox__Password";

    private static ConfigurationFolder Folder(string app = Inbox) => ConfigurationFolder.With(app, ConfigurationFolder.OneWatch);

    private static string Password(ConfigurationFolder folder) => Assert.IsType<BoxOptions>(folder.Settings().Channels[0].Options).Password;

    [Fact]
    public void A_password_comes_from_the_environment()
    {
        using var folder = Folder().Given(Variable, "s3cret");
        Assert.Equal("s3cret", Password(folder));
    }

    [Fact]
    public void Names_of_variables_may_be_written_in_capitals()
    {
        using var folder = Folder().Given(Variable.ToUpperInvariant(), "s3cret");
        Assert.Equal("s3cret", Password(folder));
    }

    [Theory]
    [InlineData("s3cret\n")]
    [InlineData("s3cret\r\n")]
    [InlineData("s3cret")]
    public void A_password_comes_from_a_credentials_file_whose_last_line_end_does_not_count(string content)
    {
        using var folder = Folder();
        Directory.CreateDirectory(Path.Combine(folder.Root, "credentials"));
        folder.Sources = folder.Sources with { CredentialsFolder = Path.Combine(folder.Root, "credentials") };
        folder.Write("credentials/Channels__inbox__Password", content);
        folder.Write("credentials/another-service", "x");
        folder.Write("credentials/Channels__old__Password", "of a channel that is gone");
        Assert.Equal("s3cret", Password(folder));
    }

    [Fact]
    public void A_credentials_file_may_have_the_prefix_of_variables()
    {
        using var folder = Folder();
        Directory.CreateDirectory(Path.Combine(folder.Root, "credentials"));
        folder.Sources = folder.Sources with { CredentialsFolder = Path.Combine(folder.Root, "credentials") };
        folder.Write("credentials/LISTENINGBOT__Channels__inbox__Password", "s3cret");
        Assert.Equal("s3cret", Password(folder));
    }

    [Fact]
    public void The_stores_secret_counts_where_the_file_says_nothing_of_a_store()
    {
        using var folder = Folder("{}");
        Directory.CreateDirectory(Path.Combine(folder.Root, "credentials"));
        folder.Sources = folder.Sources with { CredentialsFolder = Path.Combine(folder.Root, "credentials") };
        folder.Write("credentials/Storage__Path", "elsewhere.db");
        Assert.EndsWith("elsewhere.db", folder.Settings().Storage.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"Channels:inbox:Password\": \"s3cret\", \"Channels:gone:Password\": \"x\" }")]
    [InlineData("{ \"Channels\": { \"inbox\": { \"Password\": \"s3cret\" } } }")]
    public void A_password_comes_from_user_secrets(string content)
    {
        using var folder = Folder().Write("secrets.json", content);
        folder.Sources = folder.Sources with { UserSecretsFile = Path.Combine(folder.Root, "secrets.json") };
        Assert.Equal("s3cret", Password(folder));
    }

    [Fact]
    public void Malformed_user_secrets_are_told_without_what_stands_there()
    {
        using var folder = Folder("{}").Write("secrets.json", "{ \"Channels:inbox:Password\": s3cret }");
        folder.Sources = folder.Sources with { UserSecretsFile = Path.Combine(folder.Root, "secrets.json") };
        var problem = folder.Problem();
        Assert.Equal(("secrets.json", (int?)1, "is not valid JSON here"), (problem.File, problem.Line, problem.What));
        Assert.DoesNotContain("s3cret", problem.Cure);
    }

    [Fact]
    public void A_credentials_folder_that_is_not_there_is_told()
    {
        using var folder = Folder("{}");
        folder.Sources = folder.Sources with { CredentialsFolder = Path.Combine(folder.Root, "nowhere") };
        var problem = folder.Problem();
        Assert.Equal("the credentials folder can't be read", problem.What);
        Assert.StartsWith("There is no such folder", problem.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_wins_over_all_others()
    {
        using var folder = Folder(Inbox.Replace("\"me\"", "\"me\", \"Password\": \"typed\"")).Given(Variable, "given");
        Assert.Equal("given", Password(folder));
    }

    [Fact]
    public void A_whole_channel_may_come_from_the_environment()
    {
        using var folder = Folder("{}")
            .Given("LISTENINGBOT__Channels__blogs__Kind", "feed")
            .Given("LISTENINGBOT__Channels__blogs__Url", "https://a.example/")
            .Given("LISTENINGBOT__Channels__blogs__Words__0", "one")
            .Given("LISTENINGBOT__Channels__blogs__Words__1", "two");
        Assert.Equal(["one", "two"], Assert.IsType<FeedOptions>(folder.Settings().Channels[0].Options).Words);
    }

    [Fact]
    public void A_wrong_variable_is_told_by_its_name()
    {
        using var folder = Folder("{}").Given("LISTENINGBOT__Chanels__inbox__Password", "s3cret");
        var problem = folder.Problem();
        Assert.Equal(("LISTENINGBOT__Chanels__inbox__Password", (int?)null), (problem.File, problem.Line));
        Assert.Contains("Did you mean \"Channels\"?", problem.Cure);
    }

    [Theory]
    [InlineData("s3c\nret")]
    [InlineData("s3cret\n")]
    [InlineData("s3c\rret")]
    public void A_secret_with_a_line_break_is_told_and_not_shown(string value)
    {
        using var folder = Folder().Given(Variable, value);
        var problem = folder.Problem();
        Assert.Equal(Variable, problem.File);
        Assert.Equal("Channels:inbox:Password has a line break in it", problem.What);
        Assert.Contains("Copy it again", problem.Cure);
        Assert.DoesNotContain("ret", problem.ToString().Replace("Secret", ""));
    }

    [Fact]
    public void A_secret_is_blotted_out_even_where_another_problem_repeats_it()
    {
        using var folder = Folder("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"me\", \"Password\": \"s3cret\" },\n \"blogs\": { \"Kind\": \"feed\", \"Url\": \"ftp://s3cret@a\" } } }");
        Assert.Equal("Channels:blogs:Url is not a web address: \"ftp://***@a\"", folder.Problem().What);
    }

    /// <summary>A short one may be part of our own words; what a file says stands in quotes.</summary>
    [Fact]
    public void A_short_secret_is_blotted_out_of_what_is_quoted_and_not_of_our_own_words()
    {
        using var folder = Folder("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"me\", \"Password\": \"addr\" },\n \"blogs\": { \"Kind\": \"feed\", \"Url\": \"ftp://addr@a\" } } }");
        Assert.Equal("Channels:blogs:Url is not a web address: \"ftp://***@a\"", folder.Problem().What);
    }

    [Theory]
    [InlineData("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"me\", \"Password\": truestory9 } } }")]
    [InlineData("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"me\", \"Password\": [\"truestory9\"] } } }")]
    [InlineData("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"me\", \"Password\": \"truestory9\" \"x\" } } }")]
    [InlineData("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"me\", \"Password\": \"truestory9\\q\" } } }")]
    public void A_secret_in_a_malformed_file_is_not_shown(string app)
    {
        using var folder = Folder(app);
        Assert.DoesNotContain("truestory9", folder.Problem().ToString());
    }

    [Fact]
    public void Settings_print_no_secret()
    {
        using var folder = Folder().Given(Variable, "s3cret");
        Assert.DoesNotContain("s3cret", string.Concat(folder.Settings().Channels.Select(c => c.Fingerprint)));
    }
}
