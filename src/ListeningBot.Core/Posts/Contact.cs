namespace ListeningBot.Core.Posts;

/// <summary>What a way to reach somebody is, the most direct first. Stored by name: only add.</summary>
public enum ContactKind
{
    /// <summary>A mail address.</summary>
    Mail,

    /// <summary>An account on a network: a web address, or a handle that names its server ("@mia@social.example").</summary>
    Profile,

    /// <summary>A page with a form or an address of the site.</summary>
    ContactPage,

    /// <summary>Their own site.</summary>
    Site,
}

/// <summary>One public way to reach the author of a post.</summary>
/// <param name="Value">The address as people use it: "mia@example.com", "https://social.example/@mia".</param>
/// <param name="FoundOn">For people: "the post", "their profile", "blog.example/about".</param>
public sealed record Contact(ContactKind Kind, string Value, string FoundOn);
