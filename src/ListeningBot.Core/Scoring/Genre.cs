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

    /// <summary>Nearly every longer word starts with a capital letter.</summary>
    public bool Headline;

    /// <summary>The language leaves out "I" and "you", so that their absence tells nothing.</summary>
    public bool DropsPronouns;

    public static Genre Of(PieceList pieces)
    {
        var genre = new Genre { Questions = pieces.Questions, Exclamations = pieces.Exclamations, Ellipses = pieces.Ellipses };
        var longer = 0;
        var capital = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            ref var piece = ref pieces[i];
            switch (piece.Kind)
            {
                case PieceKind.Link:
                    genre.Links++;
                    break;
                case PieceKind.Tag:
                    genre.Tags++;
                    break;
                case PieceKind.Name:
                    genre.Names++;
                    genre.StartsWithName |= i == 0;
                    genre.Retweet |= i > 0 && pieces[i - 1] is { Kind: PieceKind.Word, Length: 2 } before && pieces.Folded(before).SequenceEqual("rt"u8);
                    break;
                case PieceKind.Price:
                    genre.Prices++;
                    break;
                case PieceKind.Cashtag:
                    genre.Cashtag = true;
                    break;
                case PieceKind.Quote:
                    genre.Quotes++;
                    break;
                case PieceKind.Word when piece.Length > 3:
                    longer++;
                    capital += piece.Capital && !piece.Shouted ? 1 : 0;
                    break;
                default:
                    break;
            }
        }
        genre.Headline = longer is >= 4 and < 40 && capital * 10 >= longer * 8;
        return genre;
    }
}
