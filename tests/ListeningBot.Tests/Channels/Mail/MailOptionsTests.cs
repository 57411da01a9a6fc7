using ListeningBot.Channels.Mail;
using ListeningBot.Configuration;
using Microsoft.Extensions.Configuration;

namespace ListeningBot.Tests.Channels.Mail;

public sealed class MailOptionsTests
{
    private static readonly MailOptions Good = new() { Host = "imap.acme.example", User = "care@acme.example", Password = "s3cret" };

    private static readonly MailOptions Token = Good with { SignIn = MailSignIn.Microsoft, Password = "", ClientId = "app", ClientSecret = "s3cret", RefreshToken = "s3cret" };

    [Fact]
    public void Good_options_have_no_problem()
    {
        Assert.Empty(MailOptions.Validate(Good));
        Assert.Empty(MailOptions.Validate(Good with { Security = MailSecurity.StartTls, Port = 143, Folders = ["INBOX/Support"], SentFolders = ["Sent"] }));
        Assert.Empty(MailOptions.Validate(Token));
        Assert.Empty(MailOptions.Validate(Token with { ClientSecret = "" }));
        Assert.Empty(MailOptions.Validate(Token with { SignIn = MailSignIn.OAuth, TokenAddress = new Uri("https://login.acme.example/token") }));
        Assert.Empty(MailOptions.Validate(Token with { SignIn = MailSignIn.OAuth, TokenAddress = new Uri("http://127.0.0.1:8080/token") }));
    }

    public static TheoryData<string, MailOptions> Bad => new()
    {
        { "Host", Good with { Host = "" } },
        { "Host", Good with { Host = "imaps://imap.acme.example" } },
        { "Host", Good with { Host = "imap.acme.example:993" } },
        { "Port", Good with { Port = 0 } },
        { "Port", Good with { Port = 70000 } },
        { "User", Good with { User = "" } },
        { "User", Good with { User = "care\r\n" } },
        { "Password", Good with { Password = "" } },
        { "Password", Good with { Password = "s3cret\n" } },
        { "Folder", Good with { Folder = "" } },
        { "Folder", Good with { Folder = "IN\nBOX" } },
        { "Every", Good with { Every = TimeSpan.FromSeconds(1) } },
        { "Every", Good with { Every = TimeSpan.FromDays(2) } },
        { "CertificateSha256", Good with { CertificateSha256 = "AB:CD" } },
        { "CertificateSha256", Good with { CertificateSha256 = new string('G', 64) } },
        { "Security", Good with { Security = MailSecurity.None } },
        { "Security", Good with { Security = (MailSecurity)7 } },
        { "Port", Good with { Security = MailSecurity.StartTls } },
        { "Folders", Good with { Folders = [""] } },
        { "Folders", Good with { Folders = [.. Enumerable.Range(0, 21).Select(n => "f" + n)] } },
        { "SentFolders", Good with { SentFolders = ["Sent\n"] } },
        { "SentFolders", Good with { SentFolders = ["Sent", "inbox"] } },
        { "SentFolders", Good with { Folders = ["Support"], SentFolders = ["Support"] } },
        { "SignIn", Token with { SignIn = (MailSignIn)7 } },
        { "ClientId", Token with { ClientId = "" } },
        { "ClientSecret", Token with { SignIn = MailSignIn.Google, ClientSecret = "" } },
        { "ClientSecret", Token with { ClientSecret = "s3cret\n" } },
        { "RefreshToken", Token with { RefreshToken = "" } },
        { "TokenAddress", Token with { SignIn = MailSignIn.OAuth } },
        { "TokenAddress", Token with { TokenAddress = new Uri("http://login.acme.example/token") } },
        { "TokenAddress", Token with { TokenAddress = new Uri("/token", UriKind.Relative) } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Each_bad_option_is_named_with_its_cure_and_without_the_secret(string option, MailOptions options)
    {
        var problem = Assert.Single(MailOptions.Validate(options));
        Assert.Equal(option, problem.Option);
        Assert.EndsWith(".", problem.Cure.Replace("sha256", "sha256."));
        Assert.DoesNotContain("s3cret", problem.ToString());
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_server_on_this_machine_may_do_without_tls(string host) => Assert.Empty(MailOptions.Validate(Good with { Host = host, Security = MailSecurity.None }));

    [Fact]
    public void All_options_are_read_from_configuration()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["mail:Host"] = "h.example",
            ["mail:Port"] = "1993",
            ["mail:Security"] = "tls",
            ["mail:User"] = "u",
            ["mail:Password"] = "p",
            ["mail:Folder"] = "F",
            ["mail:Every"] = "00:00:30",
            ["mail:CertificateSha256"] = "ab",
            ["mail:Folders:0"] = "F2",
            ["mail:SentFolders:0"] = "S",
            ["mail:ReadSent"] = "false",
            ["mail:SignIn"] = "microsoft",
            ["mail:ClientId"] = "c",
            ["mail:ClientSecret"] = "cs",
            ["mail:RefreshToken"] = "r",
            ["mail:TokenAddress"] = "https://t.example/token",
            ["mail:Scope"] = "s",
        }).Build().GetSection("mail");

        var options = (MailOptions)MailKind.Create().Bind(section);

        Assert.Equal("F2", Assert.Single(options.Folders));
        Assert.Equal("S", Assert.Single(options.SentFolders));
        var expected = new MailOptions
        {
            Host = "h.example",
            Port = 1993,
            User = "u",
            Password = "p",
            Folder = "F",
            Every = TimeSpan.FromSeconds(30),
            CertificateSha256 = "ab",
            Folders = options.Folders,
            SentFolders = options.SentFolders,
            ReadSent = false,
            SignIn = MailSignIn.Microsoft,
            ClientId = "c",
            ClientSecret = "cs",
            RefreshToken = "r",
            TokenAddress = new Uri("https://t.example/token"),
            Scope = "s",
        };
        Assert.Equal(expected, options);
    }

    [Fact]
    public void Options_never_show_the_password()
    {
        Assert.DoesNotContain("s3cret", Good.ToString());
        Assert.DoesNotContain("s3cret", Token.ToString());
        Assert.NotEmpty(typeof(MailOptions).GetProperty(nameof(MailOptions.Password))!.GetCustomAttributes(typeof(SecretAttribute), false));
    }
}
