namespace ListeningBot.Tests.Channels.Mail.Letters;

/// <summary>The same for letters in HTML.</summary>
internal static class HtmlReplies
{
    public const string All = """"
        # Gmail on the web, en
        Re: Your order 5512
        <div dir="ltr">It is <b>still</b> not here.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Nov 2, 2026 at 9:00 AM Acme Care &lt;<a href="mailto:care@acme.example">care@acme.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div dir="ltr">we are sorry</div></blockquote></div>
        =
        It is still not here.
        # Gmail on the web, answers between the quotes, en
        Re: Your order 5512
        <div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, Nov 2, 2026 at 9:00 AM Acme Care wrote:<br></div><blockquote class="gmail_quote">Did you switch it off?</blockquote><div>Yes, three times.</div><blockquote class="gmail_quote">Is the lamp red?</blockquote><div>It is dark.</div></div></div>
        =
        Yes, three times.

        It is dark.
        # Gmail, a language nobody listed
        Re: 5512
        <div dir="ltr">Bado haijafika.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Mnamo Jtt, 2 Nov 2026 saa 9:00 Acme Care ameandika:<br></div><blockquote class="gmail_quote">samahani</blockquote></div>
        =
        Bado haijafika.
        # Gmail, a signature, en
        Re: Your order 5512
        <div dir="ltr">Not solved.<div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">Ann Example<br>Buyer<br>+44 20 7946 0000</div></div><div class="gmail_quote"><div class="gmail_attr">On Mon, Care wrote:<br></div><blockquote class="gmail_quote">we are sorry</blockquote></div>
        =
        Not solved.
        # Apple Mail, en
        Re: Your order 5512
        <html><body style="overflow-wrap: break-word;">I am still waiting.<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>On 2 Nov 2026, at 09:00, Acme Care &lt;care@acme.example&gt; wrote:</div><br class="Apple-interchange-newline"><div>we are sorry</div></blockquote></div><br></body></html>
        =
        I am still waiting.
        # Apple Mail, answers between the quotes, de
        Re: Bestellung 5512
        <body><div><blockquote type="cite"><div>Am 02.11.2026 um 09:00 schrieb Acme Care:</div><div>Ist die Lampe rot?</div></blockquote><div>Nein, dunkel.</div><blockquote type="cite"><div>Steckt der Stecker?</div></blockquote><div>Natürlich!</div></div></body>
        =
        Nein, dunkel.

        Natürlich!
        # iPhone, de
        Re: Bestellung 5512
        <html><body dir="auto">Das reicht mir jetzt.<br><br><div dir="ltr">Von meinem iPhone gesendet</div><div dir="ltr"><br><blockquote type="cite">Am 02.11.2026 um 09:00 schrieb Acme Care &lt;care@acme.example&gt;:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">es tut uns leid</div></blockquote></body></html>
        =
        Das reicht mir jetzt.
        # Outlook for Windows, en
        RE: Your order 5512
        <html><body><div class="WordSection1"><p class="MsoNormal">Still nothing.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Acme Care &lt;care@acme.example&gt; <br><b>Sent:</b> Monday, November 2, 2026 9:00 AM<br><b>To:</b> Ann<br><b>Subject:</b> Your order 5512</p></div></div><p class="MsoNormal">we are sorry</p></div></body></html>
        =
        Still nothing.
        # Outlook for Windows, no border, fi
        VS: Tilaus 5512
        <div class="WordSection1"><p class="MsoNormal">Ei toimi.</p><p class="MsoNormal"><b>Lähettäjä:</b> Acme Care &lt;care@acme.example&gt;<br><b>Lähetetty:</b> maanantai 2. marraskuuta 2026 9.00<br><b>Vastaanottaja:</b> Anna<br><b>Aihe:</b> Tilaus 5512</p><p>pahoittelemme</p></div>
        =
        Ei toimi.
        # Outlook on the web, pt
        Re: Encomenda 5512
        <div dir="ltr"><div class="elementToProof">Continua avariado.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>De:</b> Acme Care<br><b>Enviado:</b> segunda-feira<br><b>Assunto:</b> x</font></div><div>lamentamos</div></div>
        =
        Continua avariado.
        # Outlook for iOS, en
        Re: Your order 5512
        <body><div>Any news?</div><div id="ms-outlook-mobile-signature"><div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div></div><div id="mail-editor-reference-message-container"><hr><div id="divRplyFwdMsg"><strong>From:</strong> Acme Care<br></div>we are sorry</div></body>
        =
        Any news?
        # Thunderbird, de
        Re: Bestellung 5512
        <html><body><p>So geht das nicht.</p><div class="moz-cite-prefix">Am 02.11.2026 um 09:00 schrieb Acme Care:<br></div><blockquote type="cite" cite="mid:a@acme.example"><p>es tut uns leid</p></blockquote><pre class="moz-signature" cols="72">-- 
        Anna Beispiel</pre></body></html>
        =
        So geht das nicht.
        # Yahoo Mail, en
        Re: Your order 5512
        <div class="ydp1"><div dir="ltr">Please cancel it.</div><div><br></div></div><div id="yahoo_quoted_123" class="yahoo_quoted"><div>On Monday, November 2, 2026 at 09:00:00 AM GMT+1, Acme Care &lt;care@acme.example&gt; wrote:</div><div>we are sorry</div></div>
        =
        Please cancel it.
        # GMX, de
        Aw: Bestellung 5512
        <html><body><div style="font-family: Verdana;"><div>Ich warte immer noch.</div><div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; border-left:2px solid #C3D9E5;"><div><b>Gesendet:</b>&nbsp;Montag<br><b>Von:</b>&nbsp;Care</div><div name="quoted-content">es tut uns leid</div></div></div></div></body></html>
        =
        Ich warte immer noch.
        # Proton Mail, en
        Re: Your order 5512
        <div style="font-family: Arial;">I never got an answer.</div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with <a href="https://proton.me/">Proton Mail</a> secure email.</div></div><div class="protonmail_quote">On Monday, November 2nd, 2026 at 9:00 AM, Acme Care &lt;care@acme.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">we are sorry</blockquote></div>
        =
        I never got an answer.
        # Zoho, en
        Re: Your order 5512
        <div style="font-family: Verdana;"><div>Not acceptable.<br></div><div class="zmail_extra_hr" style="border-top: 1px solid rgb(204, 204, 204);"></div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- On Mon, 02 Nov 2026 09:00:00 +0100 <b>Acme Care &lt;care@acme.example&gt;</b> wrote ---<br></div><blockquote>we are sorry</blockquote></div></div>
        =
        Not acceptable.
        # Samsung Email, en
        Re: Your order 5512
        <html><body dir="auto"><div dir="auto">Where is my refund?</div><div id="composer_signature"><div style="font-size:12px;color:#575757">Sent from my Galaxy</div></div><div><br></div><div align="left">-------- Original message --------</div><div>From: Acme Care &lt;care@acme.example&gt; </div><div>Date: 02/11/2026  09:00 </div><div>To: ann@example.org </div><div>Subject: Your order </div><div><br></div>we are sorry</body></html>
        =
        Where is my refund?
        # QQ Mail, zh-CN
        回复：订单 5512
        <div>我要退款！</div><div><br></div><div><includetail><div style="font-size: 12px;padding:2px 0 2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人:</b>&nbsp;"Acme Care"</div></div><div>非常抱歉</div></includetail></div>
        =
        我要退款！
        # mail.ru, ru
        Re: Заказ 5512
        <HTML><BODY><div>Верните деньги.</div><div>&nbsp;</div><blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">Понедельник, 2 ноября 2026, 9:00 +03:00 от Acme Care &lt;care@acme.example&gt;:<br><div id="">приносим извинения</div></blockquote></BODY></HTML>
        =
        Верните деньги.
        # A customer who indents her own words, en
        Broken
        <p>Your page says:</p><blockquote>Error 500, try later</blockquote><p>I tried for three days.</p>
        =
        Your page says:

        Error 500, try later

        I tried for three days.
        """";
}
