using System.Text;

namespace ListeningBot.Net;

/// <summary>"user:password@" of an address, as the header that says the same.</summary>
internal static class BasicSignIn
{
    public static string? From(Uri url) =>
        url.UserInfo.Length == 0 ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo)));

    public static Uri Without(Uri url) =>
        url.UserInfo.Length == 0 ? url : new UriBuilder(url) { UserName = "", Password = "" }.Uri;
}
