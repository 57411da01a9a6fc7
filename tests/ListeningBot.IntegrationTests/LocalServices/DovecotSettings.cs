using System.Diagnostics;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>What a throw-away Dovecot needs to be told (doc.dovecot.org, settings of 2.3).</summary>
internal static class DovecotSettings
{
    /// <param name="tokenCheck">Who is asked whether an access token is good (XOAUTH2); null: none is taken.</param>
    public static string Text(string home, int port, int plainPort, int lmtpPort, string password, Uri? tokenCheck) => $$"""
        protocols = imap lmtp
        listen = 127.0.0.1
        base_dir = {{home}}/run
        state_dir = {{home}}/state
        log_path = {{home}}/dovecot.log
        auth_verbose = yes
        auth_failure_delay = 0
        ssl = required
        ssl_cert = <{{home}}/cert.pem
        ssl_key = <{{home}}/key.pem
        ssl_min_protocol = TLSv1.2
        mail_location = maildir:{{home}}/mail/%u
        first_valid_uid = 1
        {{Users()}}
        auth_mechanisms = plain login{{(tokenCheck is null ? "" : " xoauth2")}}
        {{(tokenCheck is null ? "" : $"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  args = {home}/oauth2.conf\n}}")}}
        passdb {
          driver = static
          args = password={{password}}
        }
        userdb {
          driver = static
          args = uid={{Mail().User}} gid={{Mail().Group}} home={{home}}/mail/%u
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = {{plainPort}}
          }
          inet_listener imaps {
            port = {{port}}
            ssl = yes
          }
        }
        service lmtp {
          inet_listener lmtp {
            address = 127.0.0.1
            port = {{lmtpPort}}
          }
        }
        service anvil {
          chroot =
        }
        service stats {
          chroot =
        }
        namespace inbox {
          inbox = yes
          separator = /
          mailbox Beschwerden/Gelöscht {
            auto = create
          }
          mailbox Gesendet {
            auto = create
            special_use = \Sent
          }
        }
        """;

    /// <summary>How access tokens are checked (doc.dovecot.org/2.3, authentication/oauth2): the token is shown as a bearer's, the answer names the user.</summary>
    public static string TokenCheck(Uri address) => $"""
        introspection_url = {address}
        introspection_mode = auth
        force_introspection = yes
        username_attribute = email
        """;

    /// <summary>Root hands over to the package's own users; anybody else runs it all alone.</summary>
    private static string Users() => Environment.IsPrivilegedProcess ? "" : $"""
        default_internal_user = {Environment.UserName}
        default_internal_group = {Group()}
        default_login_user = {Environment.UserName}
        """;

    /// <summary>Dovecot reads no mail as root.</summary>
    private static (string User, string Group) Mail() => Environment.IsPrivilegedProcess ? ("dovecot", "dovecot") : (Environment.UserName, Group());

    private static string Group()
    {
        using var id = Process.Start(new ProcessStartInfo("id", "-gn") { RedirectStandardOutput = true, UseShellExecute = false })!;
        return id.StandardOutput.ReadToEnd().Trim();
    }
}
