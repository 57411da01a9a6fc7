namespace ListeningBot.Tests.Channels.Mail.Letters;

/// <summary>Answers as mail programs lay them out in plain text, written by hand after their ways: the program and language, the subject, the letter, and below "=" the customer's own words.</summary>
internal static class PlainReplies
{
    public const string All = """
        # Gmail on the web, en
        Re: Your order 5512
        It is still not here. I want my money back.

        On Mon, Nov 2, 2026 at 9:00 AM Acme Care <care@acme.example> wrote:

        > Dear Ann,
        > we are sorry to hear that.
        >
        > On Sun, Nov 1, 2026 at 8:00 AM Ann <ann@example.org> wrote:
        >> Where is it?
        =
        It is still not here. I want my money back.
        # Gmail on the web, the address on a line of its own, en
        Re: Your order 5512
        No, it is not solved.

        On Mon, Nov 2, 2026 at 9:00 AM Acme Customer Care Department
        <care@acme.example> wrote:

        > we are sorry
        =
        No, it is not solved.
        # Gmail on the web, de
        Re: Bestellung 5512
        Am Ende hat mir niemand geholfen.
        Am 1. November war noch alles gut.

        Am Mo., 2. Nov. 2026 um 09:00 Uhr schrieb Acme Care <
        care@acme.example>:

        > es tut uns leid
        =
        Am Ende hat mir niemand geholfen.
        Am 1. November war noch alles gut.
        # Gmail on Android, de
        Re: Bestellung 5512
        Das stimmt so nicht.

        Acme Care <care@acme.example> schrieb am Mo., 2. Nov. 2026, 09:00:

        > es tut uns leid
        =
        Das stimmt so nicht.
        # Gmail on the web, fr
        Re: Commande 5512
        Toujours rien reçu !

        Le lun. 2 nov. 2026 à 09:00, Acme Care <care@acme.example> a écrit :

        > nous sommes désolés
        =
        Toujours rien reçu !
        # Gmail on the web, es
        Re: Pedido 5512
        Sigo esperando.

        El lun, 2 nov 2026 a las 9:00, Acme Care (<care@acme.example>) escribió:

        > lo sentimos
        =
        Sigo esperando.
        # Gmail on the web, it
        Re: Ordine 5512
        Non è arrivato niente.

        Il giorno lun 2 nov 2026 alle ore 09:00 Acme Care <care@acme.example> ha
        scritto:

        > ci dispiace
        =
        Non è arrivato niente.
        # Gmail on the web, pt-BR
        Re: Pedido 5512
        Ainda não chegou.

        Em seg., 2 de nov. de 2026 às 09:00, Acme Care <care@acme.example>
        escreveu:

        > lamentamos
        =
        Ainda não chegou.
        # Gmail on the web, nl
        Re: Bestelling 5512
        Nog steeds niets ontvangen.

        Op ma 2 nov 2026 om 09:00 schreef Acme Care <care@acme.example>:

        > het spijt ons
        =
        Nog steeds niets ontvangen.
        # Gmail on the web, pl
        Re: Zamówienie 5512
        Nadal nie działa.

        pon., 2 lis 2026 o 09:00 Acme Care <care@acme.example> napisał(a):

        > przepraszamy
        =
        Nadal nie działa.
        # Gmail on the web, ru
        Re: Заказ 5512
        Заказ так и не пришёл.

        пн, 2 нояб. 2026 г. в 09:00, Acme Care <care@acme.example>:

        > приносим извинения
        =
        Заказ так и не пришёл.
        # Gmail on the web, ja
        Re: 注文 5512
        まだ届いていません。

        2026年11月2日(月) 9:00 Acme Care <care@acme.example>:

        > 申し訳ございません
        =
        まだ届いていません。
        # Gmail on the web, zh-CN
        Re: 订单 5512
        还是没有收到。

        Acme Care <care@acme.example> 于2026年11月2日周一 09:00写道：

        > 非常抱歉
        =
        还是没有收到。
        # Gmail on the web, ko
        Re: 주문 5512
        아직도 안 왔어요.

        2026년 11월 2일 (월) 오전 9:00, Acme Care <care@acme.example>님이 작성:

        > 죄송합니다
        =
        아직도 안 왔어요.
        # Gmail on the web, sv
        Re: Order 5512
        Fortfarande trasig.

        Den mån 2 nov. 2026 kl 09:00 skrev Acme Care <care@acme.example>:

        > vi beklagar
        =
        Fortfarande trasig.
        # Gmail on the web, da
        Re: Ordre 5512
        Den virker stadig ikke.

        man. 2. nov. 2026 kl. 09.00 skrev Acme Care <care@acme.example>:

        > vi beklager
        =
        Den virker stadig ikke.
        # Gmail on the web, tr
        Re: Sipariş 5512
        Hâlâ gelmedi.

        Acme Care <care@acme.example>, 2 Kas 2026 Pzt, 09:00 tarihinde şunu yazdı:

        > özür dileriz
        =
        Hâlâ gelmedi.
        # Gmail on the web, hu
        Re: Rendelés 5512
        Még mindig nem jött meg.

        Acme Care <care@acme.example> ezt írta (időpont: 2026. nov. 2., H, 9:00):

        > elnézést kérünk
        =
        Még mindig nem jött meg.
        # Gmail on the web, answers between the quotes, en
        Re: Your order 5512
        On Mon, Nov 2, 2026 at 9:00 AM Acme Care <care@acme.example> wrote:

        > Did you try to switch it off and on?

        Yes, three times.

        > Is the lamp red?

        It is dark.
        > Kind regards, Acme
        =
        Yes, three times.

        It is dark.
        # iPhone, en
        Re: Your order 5512
        This is a joke, right?

        Sent from my iPhone

        > On 2 Nov 2026, at 09:00, Acme Care <care@acme.example> wrote:
        > 
        > ﻿Dear Ann,
        > we are sorry
        =
        This is a joke, right?
        # iPhone, de
        Re: Bestellung 5512
        Das darf doch nicht wahr sein.

        Von meinem iPhone gesendet

        > Am 02.11.2026 um 09:00 schrieb Acme Care <care@acme.example>:
        > 
        > es tut uns leid
        =
        Das darf doch nicht wahr sein.
        # iPhone, fr
        Re: Commande 5512
        C'est inadmissible.

        Envoyé de mon iPhone

        > Le 2 nov. 2026 à 09:00, Acme Care <care@acme.example> a écrit :
        > 
        > nous sommes désolés
        =
        C'est inadmissible.
        # Apple Mail on a Mac, nl
        Re: Bestelling 5512
        Dit klopt niet.

        > Op 2 nov. 2026 om 09:00 heeft Acme Care <care@acme.example> het volgende geschreven:
        > 
        > het spijt ons
        =
        Dit klopt niet.
        # Apple Mail on a Mac, answer below, en
        Re: Your order 5512
        On 2 Nov 2026, at 09:00, Acme Care <care@acme.example> wrote:
        > 
        > we are sorry
        > Acme

        Sorry does not help. Send a new one.

        Ann
        =
        Sorry does not help. Send a new one.

        Ann
        # iPhone, ja
        Re: 注文 5512
        壊れています。

        iPhoneから送信

        2026/11/02 9:00、Acme Care <care@acme.example>のメール:

        > 申し訳ございません
        =
        壊れています。
        # Outlook for Windows, en
        RE: Your order 5512
        I have been waiting for three weeks now.

        From: Acme Care <care@acme.example>
        Sent: Monday, November 2, 2026 9:00 AM
        To: Ann Example <ann@example.org>
        Subject: Your order 5512

        Dear Ann,
        we are sorry
        =
        I have been waiting for three weeks now.
        # Outlook for Windows, old, en
        RE: Your order 5512
        Still nothing.

        -----Original Message-----
        From: Acme Care [mailto:care@acme.example]
        Sent: Monday, November 2, 2026 9:00 AM
        To: Ann Example
        Subject: Your order 5512

        we are sorry
        =
        Still nothing.
        # Outlook for Windows, de, with a business card
        AW: Bestellung 5512
        Das Gerät ist schon wieder kaputt. Bitte rufen Sie mich an: 0170 1234567.

        Mit freundlichen Grüßen
        Anna Beispiel

        Einkauf
        Beispiel GmbH
        Tel.: +49 30 123456
        Fax: +49 30 123457
        www.beispiel.example

        Von: Acme Care <care@acme.example>
        Gesendet: Montag, 2. November 2026 09:00
        An: Anna Beispiel <anna@beispiel.example>
        Betreff: Bestellung 5512

        es tut uns leid
        =
        Das Gerät ist schon wieder kaputt. Bitte rufen Sie mich an: 0170 1234567.

        Mit freundlichen Grüßen
        Anna Beispiel
        # Outlook for Windows, fr
        RE: Commande 5512
        Je n'ai rien reçu.

        De : Acme Care <care@acme.example>
        Envoyé : lundi 2 novembre 2026 09:00
        À : Anne Exemple <anne@example.org>
        Objet : Commande 5512

        nous sommes désolés
        =
        Je n'ai rien reçu.
        # Outlook for Windows, es
        RE: Pedido 5512
        No funciona.

        De: Acme Care <care@acme.example>
        Enviado el: lunes, 2 de noviembre de 2026 9:00
        Para: Ana <ana@example.org>
        Asunto: Pedido 5512

        lo sentimos
        =
        No funciona.
        # Outlook for Windows, it
        R: Ordine 5512
        È rotto di nuovo.

        Da: Acme Care <care@acme.example>
        Inviato: lunedì 2 novembre 2026 09:00
        A: Anna <anna@example.org>
        Oggetto: Ordine 5512

        ci dispiace
        =
        È rotto di nuovo.
        # Outlook for Windows, pt
        RE: Encomenda 5512
        Quero o meu dinheiro.

        De: Acme Care <care@acme.example>
        Enviada: 2 de novembro de 2026 09:00
        Para: Ana <ana@example.org>
        Assunto: Encomenda 5512

        lamentamos
        =
        Quero o meu dinheiro.
        # Outlook for Windows, nl
        RE: Bestelling 5512
        Waardeloos.

        Van: Acme Care <care@acme.example>
        Verzonden: maandag 2 november 2026 09:00
        Aan: Anne <anne@example.org>
        Onderwerp: Bestelling 5512

        het spijt ons
        =
        Waardeloos.
        # Outlook for Windows, pl
        ODP: Zamówienie 5512
        Żądam zwrotu pieniędzy.

        Od: Acme Care <care@acme.example>
        Wysłano: poniedziałek, 2 listopada 2026 09:00
        Do: Anna <anna@example.org>
        Temat: Zamówienie 5512

        przepraszamy
        =
        Żądam zwrotu pieniędzy.
        # Outlook for Windows, sv
        SV: Order 5512
        Jag vill ha pengarna tillbaka.

        Från: Acme Care <care@acme.example>
        Skickat: den 2 november 2026 09:00
        Till: Anna <anna@example.org>
        Ämne: Order 5512

        vi beklagar
        =
        Jag vill ha pengarna tillbaka.
        # Outlook for Windows, da
        SV: Ordre 5512
        Jeg vil have mine penge.

        Fra: Acme Care <care@acme.example>
        Sendt: 2. november 2026 09:00
        Til: Anna <anna@example.org>
        Emne: Ordre 5512

        vi beklager
        =
        Jeg vil have mine penge.
        # Outlook for Windows, ja
        RE: 注文 5512
        返金してください。

        差出人: Acme Care <care@acme.example>
        送信日時: 2026年11月2日 9:00
        宛先: 例 <ann@example.org>
        件名: 注文 5512

        申し訳ございません
        =
        返金してください。
        # Outlook for Windows, zh-TW
        RE: 訂單 5512
        請退款。

        寄件者: Acme Care <care@acme.example>
        寄件日期: 2026年11月2日 上午 09:00
        收件者: 例 <ann@example.org>
        主旨: 訂單 5512

        非常抱歉
        =
        請退款。
        # Outlook for Windows, zh-CN
        答复: 订单 5512
        请退款。

        发件人: Acme Care <care@acme.example>
        发送时间: 2026年11月2日 9:00
        收件人: 例 <ann@example.org>
        主题: 订单 5512

        非常抱歉
        =
        请退款。
        # Outlook on the web, en
        Re: Your order 5512
        Nobody called me.
        ________________________________
        From: Acme Care <care@acme.example>
        Sent: Monday, November 2, 2026 9:00:00 AM
        To: Ann <ann@example.org>
        Subject: Your order 5512

        we are sorry
        =
        Nobody called me.
        # Outlook for iOS, en
        Re: Your order 5512
        Any news?

        Get Outlook for iOS<https://aka.ms/o0ukef>
        ________________________________
        From: Acme Care <care@acme.example>
        Sent: Monday, November 2, 2026 9:00:00 AM
        To: Ann <ann@example.org>
        Subject: Your order 5512

        we are sorry
        =
        Any news?
        # Outlook for Android, de
        AW: Bestellung 5512
        Gibt es etwas Neues?

        Holen Sie sich Outlook für Android<https://aka.ms/AAb9ysg>
        ________________________________
        Von: Acme Care <care@acme.example>
        Gesendet: Montag, 2. November 2026 09:00:00
        An: Anna <anna@example.org>
        Betreff: Bestellung 5512

        es tut uns leid
        =
        Gibt es etwas Neues?
        # Thunderbird, top, de
        Re: Bestellung 5512
        So geht das nicht!
        -- 
        Anna Beispiel
        Beispielweg 1

        Am 02.11.2026 um 09:00 schrieb Acme Care:
        > es tut uns leid
        =
        So geht das nicht!
        # Thunderbird, between, en
        Re: Your order 5512
        On 02.11.26 09:00, Acme Care wrote:
        > Which colour did you order?
        Blue. I got a red one.

        > Do you have the receipt?
        Yes, attached.

        > Regards
        -- 
        Ann
        =
        Blue. I got a red one.

        Yes, attached.
        # Thunderbird, es
        Re: Pedido 5512
        Llevo tres semanas esperando.

        El 2/11/26 a las 9:00, Acme Care escribió:
        > lo sentimos
        =
        Llevo tres semanas esperando.
        # Thunderbird, pl
        Re: Zamówienie 5512
        To skandal.

        W dniu 2.11.2026 o 09:00, Acme Care pisze:
        > przepraszamy
        =
        To skandal.
        # Thunderbird, cs
        Re: Objednávka 5512
        Nic nepřišlo.

        Dne 02. 11. 26 v 9:00 Acme Care napsal(a):
        > omlouváme se
        =
        Nic nepřišlo.
        # Yahoo Mail, en
        Re: Your order 5512
         Please cancel it.
            On Monday, November 2, 2026 at 09:00:00 AM GMT+1, Acme Care <care@acme.example> wrote:  
         
         Dear Ann,
        we are sorry
        =
        Please cancel it.
        # Yahoo Mail for Android, en
        Re: Your order 5512
        Please cancel it.

        Sent from Yahoo Mail on Android 
         
          On Mon, Nov 2, 2026 at 9:00 AM, Acme Care<care@acme.example> wrote:   Dear Ann,
        we are sorry
        =
        Please cancel it.
        # GMX, de
        Aw: Bestellung 5512
        Ich warte immer noch.

        Gesendet: Montag, 02. November 2026 um 09:00 Uhr
        Von: "Acme Care" <care@acme.example>
        An: anna@gmx.example
        Betreff: Bestellung 5512

        es tut uns leid
        =
        Ich warte immer noch.
        # Open-Xchange, de
        Re: Bestellung 5512
        Bitte kündigen Sie meinen Vertrag.

        > Acme Care <care@acme.example> hat am 02.11.2026 09:00 CET geschrieben:
        > 
        > es tut uns leid
        =
        Bitte kündigen Sie meinen Vertrag.
        # Samsung Email, en
        Re: Your order 5512
        Where is my refund?

        Sent from my Galaxy

        -------- Original message --------
        From: Acme Care <care@acme.example> 
        Date: 02/11/2026  09:00  (GMT+00:00) 
        To: ann@example.org 
        Subject: Your order 5512 

        we are sorry
        =
        Where is my refund?
        # Samsung Email, de
        Re: Bestellung 5512
        Wo bleibt mein Geld?

        Von meinem/meiner Galaxy gesendet

        -------- Ursprüngliche Nachricht --------
        Von: Acme Care <care@acme.example>
        Datum: 02.11.26 09:00 (GMT+01:00)
        An: anna@example.org
        Betreff: Bestellung 5512

        es tut uns leid
        =
        Wo bleibt mein Geld?
        # QQ Mail, zh-CN
        回复： 订单 5512
        我要退款！




        ------------------ 原始邮件 ------------------
        发件人: "Acme Care" <care@acme.example>;
        发送时间: 2026年11月2日(星期一) 上午9:00
        收件人: "例"<ann@qq.example>;
        主题: 订单 5512

        非常抱歉
        =
        我要退款！
        # NetEase 163, zh-CN
        Re:订单 5512
        没有人回复我。








        At 2026-11-02 09:00:00, "Acme Care" <care@acme.example> wrote:
        >非常抱歉
        =
        没有人回复我。
        # Zoho, en
        Re: Your order 5512
        This is not acceptable.


        ---- On Mon, 02 Nov 2026 09:00:00 +0100 Acme Care <care@acme.example> wrote ----

        we are sorry
        =
        This is not acceptable.
        # Proton Mail, en
        Re: Your order 5512
        I never got an answer.

        Sent with [Proton Mail](https://proton.me/mail/home) secure email.

        On Monday, November 2nd, 2026 at 9:00 AM, Acme Care <care@acme.example> wrote:

        > we are sorry
        =
        I never got an answer.
        # mail.ru, ru
        Re: Заказ 5512
        Верните деньги.

        --
        Анна Пример

        >Понедельник, 2 ноября 2026, 9:00 +03:00 от Acme Care <care@acme.example>:
        > 
        >приносим извинения
        =
        Верните деньги.
        # Yandex, ru
        Re: Заказ 5512
        Никто не ответил.

        02.11.2026, 09:00, "Acme Care" <care@acme.example>:
        > приносим извинения
        =
        Никто не ответил.
        # Lotus Notes, de
        Antwort: Bestellung 5512
        Das ist inakzeptabel.

        Von:	"Acme Care" <care@acme.example>
        An:	anna@beispiel.example
        Datum:	02.11.2026 09:00
        Betreff:	Bestellung 5512

        es tut uns leid
        =
        Das ist inakzeptabel.
        # Windows Mail, en
        RE: Your order 5512
        It broke again.

        Sent from Mail for Windows

        From: Acme Care
        Sent: Monday, November 2, 2026 9:00 AM
        To: Ann
        Subject: Your order 5512

        we are sorry
        =
        It broke again.
        # Horde, en
        Re: Your order 5512
        Quoting Acme Care <care@acme.example>:

        > When did you order?

        On 3 October. That is a month ago!
        =
        On 3 October. That is a month ago!
        # Roundcube, en
        Re: Your order 5512
        On 2026-11-02 09:00, Acme Care wrote:
        > we are sorry

        Not good enough.
        =
        Not good enough.
        # K-9, with the lawyers' words, en
        Re: Your order 5512
        I was charged twice.
        This message is intended for your manager as well.
        -- 
        Sent from my Android device with K-9 Mail. Please excuse my brevity.

        On 2 November 2026 09:00:00 CET, Acme Care <care@acme.example> wrote:
        >we are sorry
        =
        I was charged twice.
        This message is intended for your manager as well.
        # A journey that is no header of a letter, en
        Re: Booking 5512
        My flight was cancelled:
        From: London
        To: Paris
        Date: 3 May 2026
        Nobody told me.

        On Mon, Nov 2, 2026 at 9:00 AM Acme Care <care@acme.example> wrote:

        > which flight?
        =
        My flight was cancelled:
        From: London
        To: Paris
        Date: 3 May 2026
        Nobody told me.
        # Outlook with a postscript below the name, en
        RE: Your order 5512
        Please send a new one.

        Best regards
        Ann Example
        Tel: +44 20 7946 0000

        PS: and take the old one back!

        From: Acme Care <care@acme.example>
        Sent: Monday, November 2, 2026 9:00 AM
        To: Ann
        Subject: Your order 5512

        we are sorry
        =
        Please send a new one.

        Best regards
        Ann Example

        PS: and take the old one back!
        # A list with dashes between, en
        Re: Your orders
        Order 1 came late.
        --
        Order 2 never came, and I have called you three times about it since then.

        On Mon, Nov 2, 2026 at 9:00 AM Acme Care <care@acme.example> wrote:

        > which one?
        =
        Order 1 came late.
        --
        Order 2 never came, and I have called you three times about it since then.
        # A colleague who forwards below a signature, en
        Fwd: Broken
        Can you help her?
        -- 
        Ben

        ---------- Forwarded message ---------
        From: Ann <ann@example.org>
        Date: Mon, Nov 2, 2026 at 9:00 AM
        Subject: Broken
        To: <ben@example.org>

        It broke on the first day.
        =
        Can you help her?

        ---------- Forwarded message ---------
        From: Ann <ann@example.org>
        Date: Mon, Nov 2, 2026 at 9:00 AM
        Subject: Broken
        To: <ben@example.org>

        It broke on the first day.
        # Apple Mail forwards with another subject, en
        This one is urgent
        Please see below.

        Begin forwarded message:

        > From: Ann <ann@example.org>
        > Subject: Broken
        > Date: 2 November 2026 at 09:00:00 GMT
        > To: care@acme.example
        > 
        > It broke on the first day.
        =
        Please see below.

        Begin forwarded message:

        > From: Ann <ann@example.org>
        > Subject: Broken
        > Date: 2 November 2026 at 09:00:00 GMT
        > To: care@acme.example
        >
        > It broke on the first day.
        """;
}
