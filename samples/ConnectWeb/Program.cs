using ConnectWeb;
using Digibee.Accounts;
using Microsoft.AspNetCore.Http.Extensions;

// A page where a person connects their account: "/connect" begins the log-in at the provider, "/callback" completes it, and from then on every request of the client
// "me" carries their token. With the provider of eng/testbed/oauth-oidc-provider:
//
//   dotnet run --project samples/ConnectWeb -- --urls http://localhost:5080 --issuer <ISSUER> --client-id web --client-secret web-secret
const string Cookie = "connect-ticket";
var builder = WebApplication.CreateBuilder(args);
var settings = Settings.Read(builder.Configuration);

builder.Services.AddDigibeeAccounts(static options => options.Environment = "dev")
    .Configure(options => options.PrivateTokenHosts.Add(settings.Issuer.Host))   // The provider may run on this machine. Leave it out for one on the internet.
    .UseInMemoryStore()   // Who restarts has to connect again: a real program takes UseSqliteStore, and a key that it keeps.
    .UseKeyRing(static _ => KeyRing.Parse(KeyRing.NewKeyText()))
    .AddOAuth2Provider(new OAuth2Provider { Name = "provider", Issuer = settings.Issuer, Prompt = "consent" });
builder.Services.AddHttpClient("me", client => client.BaseAddress = settings.Issuer).UseAccount("person");

var app = builder.Build();
await app.Services.GetRequiredService<IAccountVault>().SaveAsync(new OAuth2Account
{
    Name = "person",
    Provider = "provider",
    ClientId = settings.ClientId,
    ClientSecret = settings.ClientSecret,
    Scopes = ["openid", "offline_access"],
    AllowedOrigins = [settings.Issuer.GetLeftPart(UriPartial.Authority)],
});

app.MapGet("/", async (IHttpClientFactory clients, CancellationToken cancellationToken) =>
{
    try
    {
        return Page.Connected(await clients.CreateClient("me").GetStringAsync(new Uri("me", UriKind.Relative), cancellationToken));
    }
    catch (AccountAuthenticationException)
    {
        // Nobody has logged in yet, or the provider has ended the consent.
        return Page.NotConnected("");
    }
});

// The first call. The ticket goes into a cookie of this browser, which no script reads: only the browser that began a log-in completes it.
app.MapGet("/connect", async (HttpContext context, IOAuth2Connector connector) =>
{
    var login = await connector.BeginAsync("person", new Uri($"{context.Request.Scheme}://{context.Request.Host}/callback"), context.RequestAborted);
    context.Response.Cookies.Append(Cookie, login.Ticket, CookieOptionsOf(context));
    return Results.Redirect(login.AuthorizationUri.OriginalString);
});

// The second call.
app.MapGet("/callback", async (HttpContext context, IOAuth2Connector connector) =>
{
    try
    {
        await connector.CompleteAsync(new Uri(context.Request.GetEncodedUrl()), context.Request.Cookies[Cookie] ?? "", context.RequestAborted);
    }
    catch (AccountAuthenticationException exception)
    {
        return Page.NotConnected(exception.Message);
    }

    context.Response.Cookies.Delete(Cookie, CookieOptionsOf(context));
    return Results.Redirect("/");
});

await app.RunAsync();

// Lax, and not strict: the browser comes back from another site.
static CookieOptions CookieOptionsOf(HttpContext context) =>
    new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/callback", MaxAge = TimeSpan.FromMinutes(10) };
