using System.Net;

namespace ListeningBot.Net;

/// <summary>Where an answer sends us, if we go there at all.</summary>
internal static class Redirect
{
    /// <summary>The next address, or null when the answer is final.</summary>
    public static Uri? Target(WebAnswer answer, Uri from)
    {
        if (!IsRedirect(answer.Status) || answer.Header("Location") is not { Length: > 0 } location)
        {
            return null;
        }
        if (!Uri.TryCreate(from, location, out var target) || target.Scheme is not ("http" or "https") || target.Host.Length == 0)
        {
            throw new WebFaultException(WebFault.Redirects, $"{from.Host} redirects to something that is no web address. Give the address that a browser shows in the end");
        }
        if (from.Scheme == "https" && target.Scheme == "http")
        {
            throw new WebFaultException(WebFault.Redirects, $"{from.Host} redirects from https to plain http at {target.Host}, which is not followed. Give that address itself if you trust it");
        }
        return BasicSignIn.Without(target);
    }

    public static bool IsPermanent(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect;

    /// <summary>The same host and port, or the step from plain to secure on the usual ports.</summary>
    public static bool SameHost(Uri from, Uri to) =>
        string.Equals(from.IdnHost, to.IdnHost, StringComparison.OrdinalIgnoreCase)
        && (from.Scheme, from.Port, to.Scheme, to.Port) is var hop
        && ((hop.Item1 == hop.Item3 && hop.Item2 == hop.Item4) || hop is ("http", 80, "https", 443));

    private static bool IsRedirect(HttpStatusCode status) =>
        IsPermanent(status) || status is HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect;
}
