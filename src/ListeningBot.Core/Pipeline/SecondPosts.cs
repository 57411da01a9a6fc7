using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Whether another post of a case's customer, which no watch matched ("still waiting. three weeks now."), speaks of the same trouble. People write of many things: what
/// does not belong to the case is noise for whoever answers, while what is missed costs little, so the words must say it.
/// </summary>
internal static class SecondPosts
{
    /// <summary>Since the customer's last words in the case.</summary>
    private static readonly TimeSpan WithReference = TimeSpan.FromDays(30);
    private static readonly TimeSpan WithWords = TimeSpan.FromDays(14);

    /// <summary>"4711-2233" tells more than any word; "2026" is a year.</summary>
    private const int DigitsOfReference = 4;

    /// <summary>Words of another matter beside those of the case.</summary>
    private const int MostForeign = 2;

    /// <summary>What scoring calls waiting, silence, failing again, the end of it: a trouble that goes on.</summary>
    private static readonly HashSet<string> s_goesOn = ["waiting", "unanswered", "repeated", "failure", "refund", "solved", "thanks", "charged", "help"];

    /// <summary>Enough where not one word of the case is said again.</summary>
    private static readonly HashSet<string> s_waits = ["waiting", "unanswered"];

    /// <summary>When, how long, and that nobody answers: they belong to any trouble, and to none in particular.</summary>
    private static readonly HashSet<string> s_ofAnyTrouble = [.. string.Join(
        ' ',
        "wait waiting waited still yet update reply replied replies response answer answered answers word heard hear nothing nobody anyone day days week weeks month months hour hours minute minutes today yesterday tomorrow morning one two three four five six seven eight nine ten since ago later now counting gone passed finally hello ridiculous unbelievable joke seriously really please sort sorted fix fixed solved resolved silence radio support service hotline helpline line phone call called calling hung hang email emails mail mails emailed message messages ticket chat agent customer contact contacted ignored ignoring long so far anybody solution progress news whats happening going here there went came come",
        "warte warten gewartet antwort antworten geantwortet reagiert reaktion tag tage tagen woche wochen monat monate monaten stunde stunden minuten gestern heute morgen eins zwei drei vier funf sechs sieben acht neun zehn seit endlich niemand keiner keinerlei ruckmeldung ruckruf meldet gemeldet nachricht hotline telefon angerufen anruf kundendienst kundenservice service weiterhin bisher stille funkstille passiert unglaublich frechheit lacherlich hallo",
        "attends attendre attente attendu reponse repond repondu reponses nouvelle nouvelles jour jours semaine semaines heure heures hier aujourd'hui demain deux trois quatre cinq six sept huit neuf dix personne silence service client appel appele telephone toujours encore enfin incroyable scandaleux honte",
        "espero esperando espera respuesta responden responde respondido contesta contestan noticias dia dias semana semanas mes meses hora horas ayer hoy manana dos tres cuatro cinco seis siete ocho nueve diez atencion cliente telefono llamada llamo silencio sigo seguimos increible verguenza todavia aun",
        "aspetto aspettando attesa risposta risponde rispondono risposto giorno giorni settimana settimane mese mesi ora ore ieri oggi domani due tre quattro cinque sei sette otto nove dieci assistenza servizio clienti telefono silenzio assurdo vergogna",
        "espera esperando resposta respondem respondeu dia dias semana semanas mes meses horas ontem hoje amanha dois duas tres quatro cinco seis sete oito nove dez atendimento telefone silencio continuo absurdo vergonha",
        "wacht wachten gewacht antwoord reactie dag dagen week weken maand maanden uur uren gisteren vandaag twee drie vier vijf zes zeven acht negen tien klantenservice telefoon stilte belachelijk").Split(' ')];

    /// <summary>Words of everyday: two posts that share them share no matter.</summary>
    private static readonly HashSet<string> s_ofEveryday = [.. string.Join(
        ' ',
        "good great best better bad worst nice love loved lovely like happy sad new old big small little home house work working job people friend friends family thing things way world life year years night weekend show watch watching play playing game music food eat dinner lunch coffee car city street school money bought buy pay paid free open feel feeling think know guess hope wish thanks thank wow lol omg yes man guys everyone everybody always every much lot last next own company shop store give gives given take takes taken tell tells told let make makes want wants wanted need needs put try tried keep keeps start started stop stopped turn run leave left use used say says said",
        "gut gute guten besser schlecht schon schone neu neue alt gross klein haus arbeit leute freund freunde familie ding dinge welt leben jahr jahre nacht wochenende spiel musik essen kaffee auto stadt schule geld kaufen gekauft zahlen liebe glucklich traurig weiss glaube hoffe",
        "bon bonne mauvais beau belle nouveau maison travail gens ami amis famille chose choses monde vie annee nuit jeu musique cafe voiture ville ecole argent acheter aime heureux triste",
        "bueno buena malo mejor peor nuevo casa trabajo gente amigo amigos familia cosa cosas mundo vida ano noche juego musica cafe coche ciudad escuela dinero comprar feliz triste").Split(' ')];

    /// <param name="theirs">What the customer has written in this case, with text.</param>
    /// <param name="lonely">True when it is the only open case of this customer.</param>
    public static bool Belongs(IReadOnlyList<Mention> theirs, Post post, Assessment said, bool lonely, DateTimeOffset now)
    {
        if (theirs.Count == 0 || post.Automatic || post.RepostOf is not null)
        {
            return false;
        }
        var quiet = now - theirs.Max(mention => mention.FirstSeen);
        var known = theirs.SelectMany(mention => Words(mention.Post)).ToHashSet(StringComparer.Ordinal);
        var words = Words(post).ToHashSet(StringComparer.Ordinal);
        if (quiet <= WithReference && words.Any(word => IsReference(word) && known.Contains(word)))
        {
            return true;
        }
        if (quiet > WithWords)
        {
            return false;
        }
        var telling = words.Where(word => !FoldedWords.IsSmall(word) && !s_ofAnyTrouble.Contains(word) && !IsNumber(word)).ToList();
        var shared = telling.Count(word => known.Contains(word) && !s_ofEveryday.Contains(word));
        var foreign = telling.Count(word => !known.Contains(word));
        var says = said.Signs.Any(s_goesOn.Contains);
        var goesOn = says || said.IsComplaint;
        if (SpeaksToOthers(theirs, post))
        {
            return shared >= 2 && foreign <= MostForeign && goesOn;
        }
        return shared >= 2 ? goesOn && foreign <= shared + MostForeign
            : shared == 1 ? goesOn && foreign <= (says ? MostForeign : MostForeign - 1)
            : lonely && foreign == 0 && words.Count > 0 && said.Signs.Any(s_waits.Contains);
    }

    /// <summary>An answer in another thread, or a name or tag that the case does not know: what it speaks of is there.</summary>
    private static bool SpeaksToOthers(IReadOnlyList<Mention> theirs, Post post)
    {
        var keys = theirs.Select(mention => mention.Post.Key).ToHashSet();
        var elsewhere = post.Follows().Any() && !post.Follows().Any(keys.Contains);
        var names = theirs.SelectMany(mention => FoldedWords.NamesOf(mention.Post.Text)).ToHashSet(StringComparer.Ordinal);
        return elsewhere || FoldedWords.NamesOf(post.Text).Any(name => !names.Contains(name));
    }

    private static IEnumerable<string> Words(Post post) => FoldedWords.Of(post.Title is null ? post.Text : post.Title + "\n" + post.Text);

    private static bool IsReference(string word) => word.Count(char.IsAsciiDigit) >= DigitsOfReference && !(word.Length == DigitsOfReference && word[..2] is "19" or "20");

    private static bool IsNumber(string word) => word.All(c => !char.IsLetter(c));
}
