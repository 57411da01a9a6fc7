using System.Text;
using ListeningBot.Storage;

namespace ListeningBot.Tests.Storage;

/// <summary>Statements, texts and connection strings on their way to PostgreSQL; no server is needed.</summary>
public sealed class PostgresWordsTests
{
    [Theory]
    [InlineData("SELECT a FROM b WHERE c = ? AND d = ?", "SELECT a FROM b WHERE c = $1 AND d = $2")]
    [InlineData("UPDATE a SET b = ?2 WHERE c = ?1 OR d = ?", "UPDATE a SET b = $2 WHERE c = $1 OR d = $3")]
    [InlineData("SELECT '?', '?1', ?", "SELECT '?', '?1', $1")]
    [InlineData("SELECT 'it''s ?', ?12", "SELECT 'it''s ?', $12")]
    public void Placeholders_are_numbered_as_SQLite_numbers_them(string sql, string expected) => Assert.Equal(expected, PostgresSql.Of(sql).Text);

    [Theory]
    [InlineData("a\0b", "a\u001ab")]
    [InlineData("a\\u0000b", "a\\u001ab")]
    [InlineData("a\\\\u0000b", "a\\\\u0000b")]
    [InlineData("\\\\\\u0000\\u0000", "\\\\\\u001a\\u001a")]
    [InlineData("\\u0000", "\\u001a")]
    [InlineData("plain \\u0001", "plain \\u0001")]
    public void What_PostgreSQL_refuses_in_JSON_is_replaced_and_nothing_else(string json, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(PostgresText.Storable(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void A_text_keeps_what_only_looks_like_an_escape() => Assert.Equal("\\u0000 \u001a \ufffd", Encoding.UTF8.GetString(PostgresText.Storable("\\u0000 \0 \ud800")));

    [Theory]
    [InlineData("Host=db;Database=x;Pasword=s3cret", "is no PostgreSQL connection string")]
    [InlineData("s3cret", "is no PostgreSQL connection string")]
    [InlineData("Host=db;Port=s3cret;Database=x", "is no PostgreSQL connection string")]
    [InlineData("Database=x;Password=s3cret", "names no Host")]
    [InlineData("Host=db;Password=s3cret", "names no Database")]
    [InlineData("Host=db;Database=x;Search Path=a,b;Password=s3cret", "has a Search Path that is not one plain name")]
    [InlineData("Host=db;Database=x;Search Path=\"a; DROP SCHEMA b\";Password=s3cret", "has a Search Path that is not one plain name")]
    public void A_wrong_connection_string_is_told_without_its_password(string connection, string expected)
    {
        Assert.Null(PostgresPlace.Parse(connection, out var problem, out var cure));
        Assert.Equal(expected, problem);
        Assert.DoesNotContain("s3cret", problem + cure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_is_shown_without_user_and_password()
    {
        var place = new StorePlace("data/bot.db", "Host=db.example;Database=care;Username=bot;Password=s3cret");

        Assert.Equal("PostgreSQL database \"care\" at db.example:5432, schema listeningbot", place.ToString());
    }
}
