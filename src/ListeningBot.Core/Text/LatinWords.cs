namespace ListeningBot.Core.Text;

/// <summary>What <see cref="LatinEvidence"/> knows, folded, in the order en de fr es it pt nl and "others" (Turkish, Polish, the North, Indonesian...).</summary>
internal static class LatinWords
{
    public static readonly string[] Small =
    [
        "the and you that was for are with his they this have from had not but what all were when your can said there each which she how their will other about out many then them these some her would make like him into time has look two more write see no could people my than first been call who its now find day did get come made may part i it's i'm don't can't is of to in it on be at by we or an if so do me just why again still never am a after our us off too won't didn't any only back please help thanks got very as up it i' don' it' need want over does really",
        "der die und in den von zu das mit sich des auf fur ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem uber einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ich wir ihr mich mir mein meine kein keine schon immer wieder ja nein jetzt heute bitte danke warum was wenn doch mal seit hier gar nichts ihnen euch kann gibt ganz sehr habe bin hatte",
        "le la les de des et un une est pas que qui dans ce il elle en du pour sur au je ne se plus par avec tout vous nous on mais ou si leur sont etre cette fait ai mon ma mes votre vos tres bien encore jamais rien aussi c'est j'ai c' j' l' d' n' qu' s' m' t' y a ont suis merci bonjour comme aux moi toujours depuis quand meme ca sans chez etait avez avoir peut toi ses son sa",
        "el la los las de y que en un una es no se por con para del al lo como mas pero sus le ya o este si porque esta entre cuando muy sin sobre tambien me hasta hay donde quien desde todo nos todos uno ni contra otros ese eso ante ellos esto mi antes algunos unos yo otro tanto estoy soy tengo hace ahora nada nunca siempre gracias hola su te mis fue son ha he ser estan estos tiene puede bien hacer solo asi yo tu vez dos dias nadie llevo llega estaba desde usted ustedes",
        "il lo la i gli le di e che un una in con per non si del della dei delle da al alla sono ho ha mi ti ci ma anche come piu questo questa se o cosa sei nel nella dal dalla fa io tu lui lei noi voi loro mio mia tuo sua suo perche quando dove chi molto sempre mai ancora gia grazie ciao tutto tutti solo poi cosi era essere abbiamo hanno avete niente senza dopo oggi l' c' d' un' dell' all' nell' po' su ai ne sia qui adesso ora fare",
        "o a os as de do da dos das e que em um uma nao se por com para no na nos nas ao aos mais mas como foi ele ela seu sua ou quando muito ja eu tambem so pelo pela ate isso entre depois sem mesmo meu minha voce voces esta estou tem tenho ser era fazer nada nunca sempre obrigado obrigada ola bom dia hoje agora porque pra pro sou vai vou la aqui gente ter sao essa esse este me te muita tudo quem dias ninguem dois onde ainda",
        "de het een en van ik te dat die in is niet zijn op aan met als voor er maar om hem dan zou of wat mijn men dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze u want nog zal me zij nu ge geen omdat iets worden toch al waren veel meer doen toen moet ben zonder kan hun dus alles onder ja werd wezen zelf tegen na wil kon niets uw iemand geweest andere jullie we wij waar wel weer gewoon goed bedankt hallo graag nooit altijd vandaag",
        "ve bir bu icin degil ile cok ama gibi var yok ben sen ne mi daha sonra kadar nie jest sie na do to jak ale za co tak czy przez juz tylko dla ze och att det ar inte som pa jag har en av till den med var om men han er og ikke jeg pa til af kan ei olen ja on se mita yang dan di tidak ini itu dengan untuk saya kamu aku ada bisa ke dari nao ang ng mga sa hindi ako ang si nem hogy egy az es este nu sunt pentru este care mai cu din la",
    ];

    public static readonly string[] Endings =
    [
        "ing tion ight ould ness ally ough ever ling ture ed' ting ance able eds full thing ken pen een ern ment ement ille",
        "ung ungen lich keit heit isch schen cht ichts sche ern ieren iert schaft chen tzt tzen",
        "eux eaux ment tion aient ette eur elle ique aire ement ille ois oire ance euse",
        "cion ciones dad ando iendo mente aron ieron ados idos aje eros iones amos",
        "zione zioni mente ato ata ati are ere ire etto etta issimo mento menti iamo ando endo aggio anza cchi",
        "cao coes dade ando endo mente inho inha aram eram ente avel agem amos oes",
        "ijk lijk heid aar aat een ijn ing ende erde sche oor oek eerd tje pen ken elen",
        "lar ler yor iyor miz ych ego ami owa nya kan een else ning igt",
    ];

    /// <summary>The languages that use this letter (lower case) much, a bit each.</summary>
    public static byte UsersOf(char letter) => letter switch
    {
        'ß' => De,
        'ä' => De | Others,
        'ö' or 'ü' => De | Others,
        'ñ' => Es,
        'ã' or 'õ' => Pt,
        'ç' => Fr | Pt | Others,
        'ê' or 'â' or 'ô' => Fr | Pt,
        'è' => Fr | It,
        'à' => Fr | It | Pt,
        'ì' or 'ò' => It,
        'ù' => It | Fr,
        'é' => Fr | Es | Pt,
        'í' or 'ó' or 'ú' => Es | Pt,
        'á' => Es | Pt | Others,
        'û' or 'î' or 'ï' or 'ë' or '\u0153' => Fr,
        'å' or 'ø' or 'æ' or 'ý' or 'þ' or 'ð' => Others,
        >= '\u0100' => Others,
        _ => 0,
    };

    private const byte De = 2;
    private const byte Fr = 4;
    private const byte Es = 8;
    private const byte It = 16;
    private const byte Pt = 32;
    private const byte Others = 128;
}
