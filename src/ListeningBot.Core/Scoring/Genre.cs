namespace ListeningBot.Core.Scoring;

/// <summary>What the outer form of a text tells of its kind: a customer's words, news, an ad, a passed-on post.</summary>
internal struct Genre
{
    public int Links;
    public int Tags;
    public int Names;
    public bool StartsWithName;
    public bool Retweet;
    public int Prices;
    public bool Cashtag;
    public int Quotes;
    public int Questions;
    public int Exclamations;
    public int Ellipses;
    public bool EndsWithQuestion;

    /// <summary>Nearly every longer word starts with a capital letter.</summary>
    public bool Headline;
    public Seen FirstLink;

    public static Genre Of(TokenList tokens)
    {
        var genre = new Genre { Questions = tokens.Questions, Exclamations = tokens.Exclamations, Ellipses = tokens.Ellipses };
        var longer = 0;
        var capital = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            ref var token = ref tokens[i];
            switch (token.Kind)
            {
                case TokenKind.Link:
                    genre.Links++;
                    genre.FirstLink = genre.Links == 1 ? new Seen(token.Start, token.Length) : genre.FirstLink;
                    break;
                case TokenKind.Tag:
                    genre.Tags++;
                    break;
                case TokenKind.Name:
                    genre.Names++;
                    genre.StartsWithName |= i == 0;
                    genre.Retweet |= i > 0 && tokens[i - 1] is { Kind: TokenKind.Word, Length: 2 } before && tokens.Folded(before) is "rt";
                    break;
                case TokenKind.Price:
                    genre.Prices++;
                    break;
                case TokenKind.Cashtag:
                    genre.Cashtag = true;
                    break;
                case TokenKind.Quote:
                    genre.Quotes++;
                    break;
                case TokenKind.Word when token.Length > 3:
                    longer++;
                    capital += token.Capital && !token.Shouted ? 1 : 0;
                    break;
                default:
                    break;
            }
        }
        genre.Headline = longer is >= 4 and < 40 && capital * 10 >= longer * 8;
        genre.EndsWithQuestion = tokens.Questions > 0;
        return genre;
    }
}
