using System.Collections.Concurrent;
using Npgsql;

namespace ListeningBot.Storage;

/// <summary>Which database on which server, and the schema in it that is the bot's. What it says of itself holds no secret.</summary>
internal sealed class PostgresPlace
{
    public const string OwnSchema = "listeningbot";
    private readonly NpgsqlConnectionStringBuilder _given;

    /// <summary>The driver remembers each source for as long as the process lives: one for each kind of session, not for each try.</summary>
    private readonly ConcurrentDictionary<PostgresSession, Func<NpgsqlConnection>> _sources = new();

    private PostgresPlace(NpgsqlConnectionStringBuilder given, string schema)
    {
        _given = given;
        Schema = schema;
        LockKey = KeyOf(schema);
    }

    /// <summary>All tables are in it: by default "listeningbot", else what the connection string has as Search Path.</summary>
    public string Schema { get; }

    /// <summary>Of the advisory lock that each writing transaction of every machine holds.</summary>
    public long LockKey { get; }

    /// <summary>As operators know it, without user and password.</summary>
    public string Shown => $"\"{_given.Database ?? _given.Username}\" at {_given.Host}{(IsOneOfSeveral(_given) ? "" : $":{_given.Port}")}";

    public bool IsSeveral => IsOneOfSeveral(_given);

    public string? User => _given.Username;

    public string? Database => _given.Database;

    /// <summary>A session of one's own for this, not open yet. The bot's schema is its search path.</summary>
    public NpgsqlConnection NewConnection(PostgresSession kind) => _sources.GetOrAdd(kind, SourceOf)();

    private Func<NpgsqlConnection> SourceOf(PostgresSession kind)
    {
        var source = new NpgsqlDataSourceBuilder(_given.ConnectionString) { ConnectionStringBuilder = { CommandTimeout = (int)kind.Patience.TotalSeconds, IncludeErrorDetail = kind.HearsDetails } };
        source.ConfigureTypeLoading(types => types.EnableTypeLoading(false));

        // Also where the text does not ask for it: a store is on no copy.
        if (IsOneOfSeveral(_given))
        {
            var several = source.BuildMultiHost();
            return () => several.CreateConnection(TargetSessionAttributes.Primary);
        }
        return source.Build().CreateConnection;
    }

    /// <summary>Throws <see cref="Core.Pipeline.StoreException"/> when the text is no connection string.</summary>
    public static PostgresPlace Of(string connection) =>
        Parse(connection, out var problem, out var cure) ?? throw new Core.Pipeline.StoreException($"Storage:Connection {problem}. {cure}");

    /// <summary>Null, and what is wrong with it in words, when the text is no connection string.</summary>
    public static PostgresPlace? Parse(string connection, out string problem, out string cure)
    {
        (problem, cure) = ("", "");
        NpgsqlConnectionStringBuilder given;
        try
        {
            given = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException or NotSupportedException)
        {
            // What the parser says may quote the text, and with it the password.
            (problem, cure) = ("is no PostgreSQL connection string", "Write it like \"Host=db.example;Database=listeningbot;Username=bot;Password=...\"; a value with a semicolon stands in quotes.");
            return null;
        }
        if (string.IsNullOrWhiteSpace(given.Host))
        {
            (problem, cure) = ("names no Host", "Write it like \"Host=db.example;Database=listeningbot;Username=bot;Password=...\".");
            return null;
        }
        if (string.IsNullOrWhiteSpace(given.Database))
        {
            (problem, cure) = ("names no Database", "Add \"Database=listeningbot\", or how the database is called.");
            return null;
        }
        var schema = string.IsNullOrEmpty(given.SearchPath) ? OwnSchema : given.SearchPath;
        if (!IsPlainName(schema))
        {
            (problem, cure) = ("has a Search Path that is not one plain name", "Leave it out, or name one schema in small letters, such as \"Search Path=listeningbot\".");
            return null;
        }
        given.SearchPath = schema;
        given.TargetSessionAttributes = null;
        Prepare(given);
        given.Pooling = false;
        given.IncludeErrorDetail = false;
        given.LogParameters = false;
        given.PersistSecurityInfo = false;
        given.MaxAutoPrepare = 500;
        given.AutoPrepareMinUsages = 2;
        given.WriteBufferSize = 64 * 1024;
        given.ReadBufferSize = 32 * 1024;
        given.ApplicationName ??= "ListeningBot";
        if (!given.ShouldSerialize("Timeout"))
        {
            given.Timeout = 5;
        }
        return new PostgresPlace(given, schema);
    }

    /// <summary>"Host=a,b": the one of them that takes changes.</summary>
    public static bool IsOneOfSeveral(NpgsqlConnectionStringBuilder given) => given.Host?.Contains(',', StringComparison.Ordinal) == true;

    /// <summary>
    /// After a fail-over another one is the primary: what was seen of them a while ago does not count. No look for Kerberos' library, unless it is wished for: the driver writes about its lack between the
    /// lines of the log, and tries to connect once more without a limit.
    /// </summary>
    public static void Prepare(NpgsqlConnectionStringBuilder given)
    {
        given.HostRecheckSeconds = 1;
        if (!given.ShouldSerialize("GSS Encryption Mode") && Environment.GetEnvironmentVariable("PGGSSENCMODE") is null)
        {
            given.GssEncryptionMode = GssEncryptionMode.Disable;
        }
    }

    private static bool IsPlainName(string schema) => schema.Length is > 0 and < 60 && schema.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') && !char.IsAsciiDigit(schema[0]);

    /// <summary>FNV-1a: the same on every machine and of every release.</summary>
    private static long KeyOf(string schema) => unchecked((long)schema.Aggregate(14695981039346656037UL, (hash, letter) => (hash ^ letter) * 1099511628211UL));
}
