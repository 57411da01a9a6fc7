using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.Web;

/// <summary>
/// A web page in an operator's browser can give its own name the address 127.0.0.1 and then read what answers there. So what comes over loopback to be looked at must ask for
/// an address or "localhost", not for a name. Posts to /in are proven by their signature, and come through a proxy of this machine under any name.
/// </summary>
internal static class LoopbackNames
{
    public static void UseLoopbackNames(this IApplicationBuilder app) => app.Use((http, next) =>
        IsForeign(http) ? RefuseAsync(http) : next(http));

    private static bool IsForeign(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && http.Connection.LocalIpAddress is { } here && IPAddress.IsLoopback(here)
        && http.Request.Host is { HasValue: true, Host: var name }
        && !name.Equals("localhost", StringComparison.OrdinalIgnoreCase) && !IPAddress.TryParse(name.Trim('[', ']'), out _);

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return http.Response.WriteAsync("Ask by address or as localhost: this answers no other name over loopback.\n");
    }
}
