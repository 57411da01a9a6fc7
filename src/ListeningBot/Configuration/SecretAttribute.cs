namespace ListeningBot.Configuration;

/// <summary>
/// Marks an option whose value is never shown: a password, a token. Put it on the property of an options record; the value may then
/// come from the environment, user-secrets or a credentials folder as well as from appsettings.json.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
