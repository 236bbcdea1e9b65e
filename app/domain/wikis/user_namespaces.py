"""Names of namespaces and special pages in all languages of MediaWiki, and interwiki prefixes.

They are used if a name or link comes from another wiki, or if a wiki's own names are not known yet
(app.domain.wikis.wiki_names). English ones are valid on every wiki. The names of a table are joined by "|".
"""

from typing import Final

#: The namespace of user pages, in the forms for men and women where a language has both.
USER: Final = (
    "User|Алахәыла|Ureuëng Ngui|Gebruiker|Gebruikster|Benutzer|Benutzerin|Туружаачы|አባል|Midemakay|"
    "Usuario|Usuaria|Brūcend|Òsikwaan̄|यूजर|مستخدم|مستخدمة|ܡܦܠܚܢܐ|خدايمي|সদস্য|Usuariu|Ka notcitatc|"
    "ГӀахьалчи|Favesik|İstifadəçi|ایشلدن|Ҡатнашыусы|Sang Anganggé|Nutza|Nauduotuos|Sipanghasea|"
    "Paragamit|Pengguna|Удзельнік|Удзельніца|Pemaké|Потребител|Потребителка|प्रयोगकर्ता|Pamakai|"
    "ကေားသုင်ꩻသား|Utilisateur|Utilisatrice|ব্যবহারকারী|སྤྱོད་མཁན།|আতাকুরা|Implijer|Implijerez|Korisnik|"
    "Korisnica|Pamake|Pagguna|Хэрэглэгшэ|Usuari|Usuària|用戶|Декъашхо|Gumagamit|Muna'sesetbi|"
    "بەکارھێنەر|Utente|Qullanıcı|Wikipedista|Wikipedistka|Uživatel|Uživatelka|Brëkòwnik|"
    "Польꙃєватєл҄ь|Хутшăнакан|Defnyddiwr|Bruger|Ŋun su|Toma daana|Dulooi|Karber|Wužywaŕ|Wužywarka|"
    "Moomomoguno|މެމްބަރު|Χρήστης|Χρήστρια|Uzanto|Uzantino|Vikipediisto|Vikipediistino|Kasutaja|"
    "Lankide|کاربر|Dwumadzinyi|Käyttäjä|Pruukja|Brúkari|Wikizantɔ|Utilisator|Utent|Meidogger|"
    "Meidochster|Úsáideoir|Kullanıcı|Itilizatò|Cleachdaiche|کارگير|Puruhára|वापरपी|Ta ohu'uwo|"
    "𐌽𐌹𐌿𐍄𐌰𐌽𐌳𐍃|સભ્ય|Ka'yataayakalü|Tuntuna|Zinzantọ|Ymmydeyr|使用者|Mea hoʻohana|משתמש|משתמשת|सदस्य|"
    "सदस्या|sadasya|Suradnik|Suradnica|Wužiwar|Wužiwarka|Itilizatè|Szerkesztő|Մասնակից|Մասնակցուհի|"
    "Usator|Penggena|Ojiarụ|Énéagwu|Доакъашхо|Notandi|利用者|pilno|Naraguna|მომხმარებელი|"
    "Paydalanıwshı|Amseqdac|Ba wàanò|A̱byi|ЦӀыхухэт|A̱tyunta̱m|Kisadi|Pamakay|Қатысушы|អ្នកប្រើប្រាស់|"
    "ಸದಸ್ಯ|Faidatema|사용자|Участник|Участница|Къошулуучу|رُکُن|Metmaacher|Metmaacherin|Medmaacher|"
    "Bikarhêner|Tʋmtʋm|Пырысь|Devnydhyer|Колдонуучу|Usor|Usador|Benotzer|Гьуртту хьума|Уртах|"
    "Gebroeker|ຜູ້ໃຊ້|Naudotojas|Naudotoja|Lītuotuojs|Dalībnieks|Dalībniece|Pangangghuy|Тиись|"
    "Mpikambana|Пайдаланыше|Pangguno|Корисник|Корисничка|Корисница|ഉപയോക്താവ്|Хэрэглэгч|ꯁꯤꯖꯤꯟꯅꯔꯤꯕ|"
    "ညးလွပ်|Tʋmtʋmda|Сирӹшӹ|Outelizador(a)|Outelizador|အသုံးပြုသူ|Теиця|کارور|Tlatequitiltilīlli|Bruker|"
    "Gebruker|छ्येलेमि|Sangoguna|Brukar|ߟߊߓߊ߯ߙߟߊ|Umsebenzisi|Mošomi|Ezaloci|Choyoołʼįįhí|Utilizaire|"
    "Käyttäi|ବ୍ୟବହାରକାରୀ|Архайæг|ਵਰਤੋਂਕਾਰ|Yuza|Yuuser|Middawaida|अवयव|Wikipedysta|Wikipedystka|"
    "Użytkownik|Użytkowniczka|Wikiskryba|Wikireporter|Wikireporterka|ورتنوالا|Χρήστες|Tuknew|کارن|"
    "Usuário(a)|Usuário|Usuária|Utilizador|Utilizadora|avan a kipakamanguanguaq|Ruraq|အသုံးပြုလူ|"
    "Utilisader|Jeno|Uwukoresha|Utilizator|Utilizatoare|Хаснователь|Хаснователька|Хоснователь|"
    "Umukoresha|सदस्यः|Кыттааччы|ᱵᱮᱵᱷᱟᱨᱤᱭᱟᱹ|Usuàriu|Utenti|Uiser|واپرائيندڙ|Geavaheaddji|Asmras|"
    "ၽူႈၸႂ်ႉတိုဝ်း|පරිශීලක|Redaktor|Redaktorka|Užívateľ|Užívateľka|ورتݨ آلا|Uporabnik|Uporabnica|Kevttee|"
    "Përdoruesi|Përdoruesja|Masyin|Bantfu|Benutser|Pamaké|Användare|Mtumiaji|ꠛꠦꠛꠀꠞꠈꠣꠞ꠆ꠞꠣ|Używacz|"
    "Używaczka|misaungayay|பயனர்|cinzyuwaw|ಬಳಕೆದಾರೆ|వాడుకరి|సభ్యులు|Uza-na'in|Корбар|ผู้ใช้|ተጠቃሚ|መትነፈዓይ|"
    "Ulanyjy|Tagagamit|Okoədə|Modirisi|Yusa|Empduuy|Кулланучы|Dwumadini|Ажыглакчы|Викиавтор|"
    "ئىشلەتكۈچى|Користувач|Користувачка|صارف|Foydalanuvchi|Utensa|Kävutai|Thành viên|Geban|Jigeban|"
    "Uzeu|Gumaramit|Jëfandikukat|Демнч|Ilungu|באַניצער|באַניצערין|Oníṣe|用户|ⴰⵏⵙⵙⵎⵔⵙ|Iōng-chiá|"
    "Impreadori|Impreadora|Brugar"
)

#: The namespace of user talk pages.
USER_TALK: Final = (
    "User talk|Алахәыла ахцәажәара|Marit Ureuëng Ngui|Gebruikerbespreking|Benutzer Diskussion|"
    "Benutzerin Diskussion|BD|Туружаачыны шӱӱжери|አባል ውይይት|Kasasowal no midemakay|"
    "Descusión usuario|Descusión usuaria|Brūcendmōtung|Ukpatu òsikwaan̄|यूजर वार्ता|نقاش المستخدم|"
    "نقاش المستخدمة|نقاش مستخدم|ܡܡܠܠܐ ܕܡܦܠܚܢܐ|لمداكرة د لخدايمي|সদস্য বাৰ্তা|সদস্য আলোচনা|"
    "Usuariu alderique|Ke ici aimihitonaniwok notcita iriniw|ГӀахьалчиясул бахӀс|Favesikprilara|"
    "यूजर बातचीत|Usuario discusión|Usuaria discusión|İstifadəçi müzakirəsi|ایشلدن دانیشیغی|"
    "Ҡатнашыусы менән һөйләшеү|Pabligbagan Sang Anganggé|Nutza Dischkrian|Nauduotuojė aptarėms|"
    "Panghataion ni Sipanghasea|Olay kan paragamit|Perbincangan pengguna|Размовы з удзельнікам|"
    "Размовы з удзельніцай|Гутаркі ўдзельніка|Гутаркі ўдзельніцы|Kongko pemaké|Потребител беседа|"
    "प्रयोगकर्ता वार्ता|Pamandiran Pamakai|ကေားသုင်ꩻသား အိုင်ကိုမ်ဒေါ့ꩻရီ|Discussion utilisateur|"
    "Discussion utilisatrice|ব্যবহারকারী আলাপ|ব্যবহারকারী আলোচনা|སྤྱོད་མཁན་གྱི་ བགྲོ་གླེང་།|আতাকুরার য়্যারী|"
    "Kaozeadenn Implijer|Kaozeadenn Implijerez|Razgovor s korisnikom|Razgovor s korisnicom|"
    "Razgovor sa korisnikom|Razgovor sa korisnicom|Obar pamake|Panennaq pagguna|"
    "Хэрэглэгшые хэлэлсэхэ|Usuari Discussió|Usuària Discussió|Discusión del usuario|用戶討論|"
    "用戶对话|用戶對話|用户对话|Декъашхочун дийцар|Hisgot sa Gumagamit|"
    "Kombetsasion ni muna'sesetbi|لێدوانی بەکارھێنەر|Discussioni utente|Discussione utente|"
    "Qullanıcı muzakeresi|Diskuse s wikipedistou|Diskuse s wikipedistkou|Diskuse s uživatelem|"
    "Diskuse s uživatelkou|Diskùsëjô brëkòwnika|Польꙃєватєлꙗ бєсѣда|Хутшăнаканăн канашлу страници|"
    "Sgwrs Defnyddiwr|Brugerdiskussion|Bruger diskussion|Ŋun su yɛltɔɣa|Toma daana yeli|"
    "Jam kekë dulooi|Werênayışê karberi|Diskusija wužywarja|Diskusija wužywarki|"
    "Pibarasan moomomoguno|प्रयोगकर्ता कुरणि|މެމްބަރުގެ ވާހަކަ|Συζήτηση χρήστη|Συζήτηση χρήστριας|"
    "Uzanto-Diskuto|Uzantino-Diskuto|Vikipediista diskuto|Kasutaja arutelu|Lankide eztabaida|"
    "Usuario caraba|بحث کاربر|Dwumadzinyi nkɔmbɔdzibea|Keskustelu käyttäjästä|Pruukja arotus|"
    "Brúkarakjak|Xoɖɔtɛn wikizantɔ lɛ tɔn|Discussion utilisator|Discussion utent|Meidogger oerlis|"
    "Plé úsáideora|Kullanıcı dartışma|用戶・談詑|Diskisyon itilizatò|"
    "Deasbaireachd a' chleachdaiche|Conversa usuario|Conversa usuaria|کارگيرˇ گب|"
    "Puruhára myangekõi|वापरपी चर्चा|Lo'iya ta ohu'uwo|𐌽𐌹𐌿𐍄𐌰𐌽𐌳𐌹𐍃 𐌲𐌰𐍅𐌰𐌿𐍂𐌳𐌾𐌰|સભ્યની ચર્ચા|"
    "Yootirawaa nümaa ka'yataayakalü|Tuntuna tɔgum|Zinzantọ hodidọ|Resooney ymmydeyr|"
    "Tattaunawar user|使用者討論|使用者讨论|Kūkākūkā o mea hoʻohana|שיחת משתמש|שיחת משתמשת|"
    "सदस्य वार्ता|सदस्या वार्ता|sadasya ke baat|Razgovor sa suradnikom|Razgovor sa suradnicom|"
    "Diskusija z wužiwarjom|Diskusija z wužiwarku|Diskisyon Itilizatè|Szerkesztővita|"
    "Մասնակցի քննարկում|Մասնակցուհու քննարկում|Discussion Usator|Randau penggena|"
    "Pembicaraan Pengguna|Usator Discussion|Ńkàtá ojiarụ|Úkọ̀lá énéagwu|Agar-aramat tungtungan|"
    "Доакъашхочун дувцар|Uzanto Debato|Notandaspjall|利用者‐会話|利用者・トーク|利用者-会話|"
    "casnu lo pilno|Parembugan Naraguna|მომხმარებლის განხილვა|Paydalanıwshı talqılawı|"
    "Amyannan umsqedac|Màatu mà Ba wàanò|Ba̱ryat a̱byi|ЦӀыхухэт тепсэлъэхьыгъуэ|A̱lyiat a̱tyunta̱m|"
    "Disolo kisadi|Rombakan Pamakay|Қатысушы талқылауы|ការពិភាក្សារបស់អ្នកប្រើប្រាស់|ಸದಸ್ಯರ ಚರ್ಚೆಪುಟ|"
    "Mana faidatǝma yǝ|사용자토론|사용자 토론|Обсуждение участника|Обсуждение участницы|"
    "Къошулуучуну сюзюу|رُکُن کَتھ|Metmaacher Klaaf|Gotûbêja bikarhêner|Tʋmtʋm sɔnsʋg zin'ig|"
    "Пырыськӧд сёрнитанiн|Keskows Devnydhyer|Колдонуучунун баарлашуулары|Disputatio Usoris|"
    "Messaje de Usador|Benotzer Diskussioun|Гьуртту хьуминнал ихтилат|Уртахдин веревирд авун|"
    "Usor Discute|Euverlèk gebroeker|Discûscioîn ûtente|Ciciarada Utent|ສົນທະນາຂອງຜູ້ໃຊ້|"
    "Naudotojo aptarimas|Naudotojos aptarimas|Sprīža ap lītuotuoju|Dalībnieka diskusija|"
    "Dalībnieces diskusija|Pakanḍhâ'ânna pangangghuy|Тиись корхнема|Dinika amin'ny mpikambana|"
    "Пайдаланышын каҥашымашыже|Rundiang Pangguno|Разговор со корисник|Разговор со корисничка|"
    "ഉപയോക്താവിന്റെ സംവാദം|Хэрэглэгчийн яриа|ꯁꯤꯖꯤꯟꯅꯔꯤꯕ ꯋꯥ ꯍꯥꯏꯐꯝ|ညးလွပ် ဓရီုကျာ|Tʋmtʋmd gomde|सदस्य चर्चा|"
    "Сирӹшӹм кӓнгӓшӹмӓш|Diskussjoni utent|Cumbersa outelizador(a)|အသုံးပြုသူ ဆွေးနွေးချက်|"
    "Теицянь кортамось|کارور گپ|Tlatequitiltilīlli tēixnāmiquiliztli|Utente chiàcchiera|"
    "Bruker Diskuschoon|Overleg gebruker|छ्येलेमि खँलाबँला|Huhuo zangoguna|Overleg gebruiker|"
    "Overleg gebruikster|Brukardiskusjon|Brukerdiskusjon|ߟߊߓߊ߯ߙߟߊ ߟߊ߫ ߢߊߝߐߞߣߍ|"
    "Umsebenzisi asiqongelane|Boledišana le Mošomi|Egan ezaloci|Choyoołʼįįhí bichʼįʼ yáshtiʼ|"
    "Discussion Utilizaire|Käyttäi pagin|ବ୍ୟବହାରକାରୀଙ୍କ ଆଲୋଚନା|Архайæджы ныхас|ਵਰਤੋਂਕਾਰ ਗੱਲ-ਬਾਤ|"
    "Diskushon usuario|Yuza tok abaut am|Yuuser Dischbedutt|Middawaida Dischbediere|अवयव सम्भासित|"
    "Dyskusja wikipedysty|Dyskusja wikipedystki|Dyskusja użytkownika|Dyskusja użytkowniczki|"
    "Dyskusja wikiskryby|Dyskusja wikireportera|Ciaciarade|ورتن گل بات|Καλάτσεμαν χρήστε|"
    "Tuknew titajtaketzakan|د کارن خبرې اترې|Usuário(a) Discussão|Usuário Discussão|"
    "Usuária Discussão|Utilizador Discussão|Utilizadora Discussão|kipakamanguanguaq kakaljavaran|"
    "Ruraq rimanakuy|အသုံးပြုလူ ဆွီးနွီးချက်|Utilisader discussiun|Jeno vakyarimata|Ikiyago c'uwukoresha|"
    "Discuție Utilizator|Discuţie Utilizator|Розгварка зоз хасновательом|"
    "Розгварка зоз хасновательку|Діскузія з хоснователём|Ibiganiro by'umukoresha|सदस्यसम्भाषणम्|"
    "Кыттааччы ырытыыта|ᱵᱮᱵᱷᱟᱨᱤᱭᱟᱹ ᱜᱟᱞᱢᱟᱨᱟᱣ|Cuntierra usuàriu|Discussioni utenti|Uiser collogue|"
    "واپرائيندڙ بحث|Geavaheaddjeságastallan|Amsawal n usmras|ဢုပ်ႇၵုမ် ၽူႈၸႂ်ႉတိုဝ်း|පරිශීලක සාකච්ඡාව|"
    "Diskusia s redaktorom|Diskusia s redaktorkou|Diskusia s užívateľom|Diskusia s užívateľkou|"
    "ورتݨ آلے نال ڳالھ مہاڑ|Uporabniški pogovor|Pogovor o uporabniku|Pogovor o uporabnici|"
    "Savâstâllâm kevttest|Përdoruesi diskutim|Përdoruesja diskutim|Разговор с корисником|"
    "Разговор с корисницом|Разговор са корисником|Разговор са корисницом|Taki fu masyin|"
    "Khuluma nebantfu|Benutser Diskussion|Obrolan pamaké|Användardiskussion|Användare diskussion|"
    "Majadiliano ya mtumiaji|ꠛꠦꠛꠀꠞꠈꠣꠞ꠆ꠞꠣꠞ ꠝꠣꠔ|Dyskusyjo używacza|Dyskusyjo używaczki|பயனர் பேச்சு|"
    "spkayal cinzyuwaw|ಬಳಕೆದಾರೆ ಪಾತೆರ|వాడుకరి చర్చ|Diskusaun Uza-na'in|Баҳси корбар|คุยกับผู้ใช้|คุยเรื่องผู้ใช้|"
    "ምይይጥ ተጠቃሚ|ህድግ መትነፈዓይ|Ulanyjy çekişme|Usapang tagagamit|Okoədə no-pegət|Puisano ya modirisi|"
    "Toktok bilong yusa|Kullanıcı mesaj|Kullanıcı tartışma|Pprngagun empduuy|Кулланучы бәхәсе|"
    "Dwumadini nkitahode|Ажыглакчы чугаа|Викиавтор сярысь вераськон|ئىشلەتكۈچى مۇنازىرىسى|"
    "Обговорення користувача|Обговорення користувачки|تبادلۂ خیال صارف|Foydalanuvchi munozarasi|"
    "Discusion Utensa|Lodu kävutajas|Thảo luận Thành viên|Discuusje gebruker|Gebanibespik|"
    "Uzeu copene|Hiruhimangaw hiton gumaramit|Waxtaani jëfandikukat|Демнчна туск меткән|"
    "Ingxoxo nelungu|באַניצער רעדן|באַניצערין רעדן|Ọ̀rọ̀ oníṣe|用户讨论|ⴰⵎⵙⴳⴷⴰⵍ ⵏ ⵓⵏⵙⵙⵎⵔⵙ|"
    "Iōng-chiá thó-lūn"
)

#: The namespace of special pages.
SPECIAL: Final = (
    "Special|Цастәи|Kusuih|Spesiaal|Spezial|Аҥылу|ልዩ|Kasi’iked|Especial|Syndrig|Esese|विशेष|خاص|"
    "ܕܝܠܢܝܐ|বিশেষ|Kotakahi|Хъулухъалъулаб|Aptaca|खास|Xüsusi|اؤزل|Махсус|Kusus|Specēlos|"
    "Marhasurungan|Espesyal|Khas|Адмысловае|Спэцыяльныя|Istimèwa|Специални|Istimiwa|တဲးဝါး|Spécial|"
    "དམིགས་བསལ།|Dibar|Posebno|Husus|Mallebbi|Тусхай|特殊|ГӀирс|Espesiat|تایبەت|Speciale|Mahsus|"
    "Speciální|Specjalnô|Нарочьна|Ятарлă|Arbennig|Speciel|Diŋ'gahim|Be o yoŋ|Këcëweek|Xısusi|"
    "Specialne|Poimbida|बिशेष|ޚާއްސަ|Ειδικό|Specialaĵo|Speciala|Eri|Berezi|ویژه|Soronko|Toiminnot|"
    "Tallituslehekülg|Serstakt|Ɖéɖovo|Spèciâl|Speciâl|Speisialta|Maasus|特別|Èspésyal|Sònraichte|"
    "Mba'echĩchĩ|विशेश|Spesial|વિશેષ|Analayaapülee kasa|Zure|Vonọtaun|Er lheh|Musamman|Papa nui|"
    "מיוחד|khaas|Specialnje|Speciális|Սպասարկող|Spesyel|Istimewa|Ọpụrụiche|Egwéyí|Espesial|"
    "Гӏулакха|Specala|Kerfissíða|rirci|Mirunggan|სპეციალური|Arnawlı|Uslig|Musanmàn|A̱nyan di|"
    "Служебная|Wat khwo|Usus|Арнайы|ពិសេស|ವಿಶೇಷ|Taanas|특수|Къуллукъ|Extra|Taybet|Отсасян|Arbennek|"
    "Атайын|Specialis|Къуллугъирал лажин|Speciaal|Speçiale|ພິເສດ|Specialus|Seviškuo|Башка|Manokana|"
    "Лӱмын ыштыме|Специјална|പ്രത്യേകം|Тусгай|ꯑꯈꯟꯅꯕ|တၟေင်|Bãnde|Спецӹлӹштӓш|Speċjali|အထူး|Башка тевень|"
    "شا|Nōncuahquīzqui|Speciàle|ߞߙߍߞߙߍߣߍ߲|Khethekileko|Kayin|Erikoine|ବିଶେଷ|Сæрмагонд|ਖ਼ਾਸ|Impotant|"
    "Schbezial|विसेस|Specjalna|Ειδικόν|ځانگړی|pinakisumaljiyan|Sapaq|Uzalutno|Vyisangije|Окреме|"
    "Шпеціална|Ibidasanzwe|विशेषः|Аналлаах|ᱟᱥᱚᱠᱟᱭ|Ispetziale|Spiciali|Erenoamáš|Amẓli|ၶိုၵ်ႉတွၼ်း|විශේෂ|"
    "Špeciálne|Tooimah|Посебно|Spesyal|Lelibalulekile|Maalum|ꠛꠤꠡꠦꠡ|Szpecyjalna|sazumaay|சிறப்பு|"
    "kin iniptnaq|ವಿಸೇಸೊ|ప్రత్యేక|Espesiál|Вижа|พิเศษ|ፍሉይ|ፍንቱይ|Ýörite|Natatangi|Xususi|Faphegileng|"
    "Sipesol|Özel|Kingal nanaq|Тускай|Панель|ئالاھىدە|Спеціальна|Maxsus|Speçałe|Specialine|"
    "Đặc biệt|Specioal|Patikos|Sipeciås|Pinaurog|Jagleel|Көдлхнә|Mahluko|באַזונדער|Pàtàkì|Speciaol|"
    "ⴰⵎⵥⵍⵉ|Tek-pia̍t"
)

#: The namespace of event pages.
EVENT: Final = (
    "Event|فعالية|Tədbir|Pegelaran|Veranstaltung|Evento|Üritus|אירוע|Acara|행사|Arrangement|"
    "Wydarzenie|پېښه|Podujatie|Подія"
)

#: The namespace of event talk pages.
EVENT_TALK: Final = (
    "Event talk|نقاش فعالية|Tədbir müzakirəsi|Kongko Pegelaran|Veranstaltung Diskussion|"
    "Evento discusión|Ürituse arutelu|שיחת אירוע|Pembicaraan Acara|Discussioni evento|행사토론|"
    "Perbincangan acara|Arrangementsdiskusjon|Huhuo Acara|Dyskusja wydarzenia|د پېښې خبرې اترې|"
    "Evento Discussão|Diskusia k podujatiu|Обговорення події"
)

#: Special pages by their canonical name.
SPECIAL_PAGES: Final = {
    "Contributions": (
        "Contributions|Contribs|Вклад|BeuneuriUreuëngNgui|Bydraes|Byytreeg|使用者貢獻|"
        "Contrebucions|योगदान|مساهمات|ܫܘܬܦܘ̈ܬܐ|বৰঙনিসমূহ|Contribuciones|Хазина|Webekseem|Töhfələr|"
        "مشارکتها|مشارکت‌ها|Өлөштәр|Kontribusi pengguna|Beiträge|Indėlis|Унёсак|Приноси|"
        "Sumbangan pamakai|ခွုမ်မာꩻချက်ဖုံႏ|অবদান|Degasadennoù|Doprinosi|Contribucions|貢獻|Къинхьегам|"
        "Mga Tampo|بەشدارییەکان|Contributi|Příspěvky|Wkład|Добродѣꙗниꙗ|Bidrag|İştıraki|Pśinoski|"
        "Sumbangan|ޙިއްސާ|Συνεισφορές|Kontribuoj|Kaastöö|Ekarpenak|Muokkaukset|Brúkaraíkast|"
        "Contribûts|Meidogger-bydragen|Katılmaklar|Contribucións|Kontributor|પ્રદાન|Haʻawina|תרומות|"
        "Přinoški|Kontribisyon|Szerkesztő közreműködései|Ներդրումները|Contributiones|Къахьегам|"
        "Kontributaji|Framlög|投稿記録|Pasumbanging naraguna|წვლილი|Paydalanıwshı úlesi|Үлесі|"
        "ការរួមចំណែក|기여|Къошум|Beidräch|Beşdarî|Kevrohow|Conlationes|Àjustamientos|Kontributiounen|"
        "Biedrage|Contribûti|ການປະກອບສ່ວນ|Путксне|Fandraisan'anjara|SuntiangPangguno|Придонеси|"
        "സംഭാവനകൾ|တင်မခၞံဗဒှ်ဂမၠိုင်|Kontribuzzjonijiet|Contribuições|ဆောင်ရွက်ချက်များ|Поладкст|Bidrääg|"
        "Biedragen|Bijdragen|ଅବଦାନ|Бавæрд|ਯੋਗਦਾਨ|ونډې|Rurasqakuna|Contribuții|योगदानानि|Суруйуу|"
        "ڀاڱيداريون|Rievdadusat|လွင်ႈၶဝ်ႈႁူမ်ႈ|දායකත්ව|Príspevky|Prispevki|Kontributet|Доприноси|Kenki|"
        "Kontribusi|Michango|చేర్పులు|Kontribuisaun|Ҳиссагузориҳо|เรื่องที่เขียน|Mga ambag|"
        "Ol senis bilong yusa|Katkılar|Кертемнәр|Внесок|شراکتیں|Tond|Đóng góp|Keblünots|Mga ámot|"
        "用户贡献|用戶貢獻|בײַשטײַערונגען|ÀwọnÀfikún|功績"
    ),
    "EventDetails": (
        "EventDetails|TədbirDetalları|Veranstaltungsdetails|Ürituse üksikasjad|פרטי האירוע|"
        "행사상세정보|Arrangementsdetaljer|Arrangementsdetaljar|Szczegóły wydarzenia|"
        "Detalhes do evento|PodrobnostiPodujatia|活动详情|活動詳情"
    ),
    "EditEventRegistration": (
        "EditEventRegistration|TədbirQeydiyyatınıRedaktə|Veranstaltungsanmeldung bearbeiten|"
        "Üritusele registreerumise muutmine|עריכת הרשמה לאירוע|행사등록수정|"
        "Rediger arrangementspåmelding|Endre arrangementspåmelding|"
        "Edytuj rejestrację na wydarzenie|Editar inscrições em evento|"
        "UpraviťRegistráciuNaPodujatie|编辑活动报名|編輯活動報名"
    ),
    "RegisterForEvent": (
        "RegisterForEvent|TədbirəQeydiyyat|Veranstaltungsanmeldung|Üritusele registreerumine|"
        "הרשמה לאירוע|행사등록|Arrangementspåmelding|Zarejestruj się na wydarzenie|"
        "Registrar em evento|RegistrovaťSaNaPodujatie|报名活动|報名活動"
    ),
    "CancelEventRegistration": (
        "CancelEventRegistration|TədbirQeydiyyatıLəğv|Veranstaltungsanmeldung stornieren|"
        "Üritusele registreerumise sulgemine|ביטול הרשמה לאירוע|행사등록취소|Arrangementsavmelding|"
        "Anuluj rejestrację na wydarzenie|Cancelar registro de evento|ZrušiťRegistráciuNaPodujatie|"
        "取消活动报名|取消活動報名"
    ),
    "DeleteEventRegistration": (
        "DeleteEventRegistration|TədbirQeydiyyatınıSil|Veranstaltungsanmeldung löschen|"
        "Üritusele registreerumise kustutamine|מחיקת הרשמה לאירוע|행사등록삭제|"
        "Slett arrangementspåmelding|Usuń rejestrację na wydarzenie|Eliminar inscrições em evento|"
        "OdstrániťRegistráciuNaPodujatie|删除活动报名|刪除活動報名"
    ),
    "Diff": (
        "Diff|Rozdíl|ਫ਼ਰਕ|Изменения|Mudanças entre edições|Diferenças entre edições|ကွဲပြားမှု|فرق|Rozdiel|تفاوت"
    ),
    "PermanentLink": (
        "PermanentLink|PermaLink|Permanent länk|固定链接|永久链接|Постоянная ссылка|"
        "Niezmienny link|ਪੱਕਾ ਲਿੰਕ|ਪੱਕੀ ਕੜੀ|Тырвалый одказ|Pamalagiang Kawing|Permanent lenke|"
        "Permanent lenkje|Permanenter Link|Lien permanent|Enlace permanente"
    ),
    "GlobalContributions": "GlobalContributions",
    "CentralAuth": "CentralAuth",
    "MobileDiff": "MobileDiff",
    "Redirect": "Redirect",
    "MyLanguage": "MyLanguage",
    "Emailuser": "EmailUser|Email",
    "Userrights": "UserRights",
}

#: The prefixes of wikis in other languages, joined by blanks.
LANGUAGE_CODES: Final = (
    "ab ace ady af als alt am ami an ang ann anp ar arc ary arz as ast atj av avk awa ay az azb ba "
    "ban bar bat-smg bbc bcl bdr be be-tarask be-x-old bew bg bh bi bjn blk bm bn bo bpy br bs btm "
    "bug bxr ca cbk-zam cdo ce ceb ch chr chy ckb co cr crh cs csb cu cv cy da dag de dga din diq "
    "dsb dtp dty dv dz ee el eml en eo es et eu ext fa fat ff fi fiu-vro fj fo fon fr frp frr fur "
    "fy ga gag gan gcr gd gl glk gn gom gor got gpe gsw gu guc gur guw gv ha hak haw he hi hif hr "
    "hsb ht hu hy hyw ia iba id ie ig igl ik ilo inh io is it iu ja jam jbo jv ka kaa kab kai kaj "
    "kbd kbp kcg kg kge ki kk kl km kn knc ko koi krc ks ksh ku kus kv kw ky la lad lb lbe lez lfn "
    "lg li lij lld lmo ln lo lt ltg lv lzh mad mai map-bms mdf mg mhr mi min mk ml mn mni mnw mos "
    "mr mrj ms mt mwl my myv mzn nah nan nap nb nds nds-nl ne new nia nl nn no nov nqo nr nrm nso "
    "nup nv ny oc olo om or os pa pag pam pap pcd pcm pdc pfl pi pl pms pnb pnt ppl ps pt pwn qu "
    "rki rm rmy rn ro roa-rup roa-tara rsk ru rue rup rw sa sah sat sc scn sco sd se sg sgs sh shi "
    "shn si simple sk skr sl sm smn sn so sq sr srn ss st stq su sv sw syl szl szy ta tay tcy tdd "
    "te tet tg th ti tig tk tl tly tn to tok tpi tr trv ts tt tum tw ty tyv udm ug uk ur uz ve vec "
    "vep vi vls vo vro wa war wo wuu xal xh xmf yi yo yue za zea zgh zh zh-classical zh-min-nan "
    "zh-yue zu"
)

#: The prefixes of other projects, with their domains.
PROJECT_PREFIXES: Final = {
    "w": "wikipedia.org",
    "wikipedia": "wikipedia.org",
    "wikt": "wiktionary.org",
    "wiktionary": "wiktionary.org",
    "b": "wikibooks.org",
    "wikibooks": "wikibooks.org",
    "q": "wikiquote.org",
    "wikiquote": "wikiquote.org",
    "s": "wikisource.org",
    "wikisource": "wikisource.org",
    "n": "wikinews.org",
    "wikinews": "wikinews.org",
    "v": "wikiversity.org",
    "wikiversity": "wikiversity.org",
    "voy": "wikivoyage.org",
    "wikivoyage": "wikivoyage.org",
}
#: The prefixes of single wikis, with their hosts.
WIKI_PREFIXES: Final = {
    "c": "commons.wikimedia.org",
    "commons": "commons.wikimedia.org",
    "d": "wikidata.org",
    "wikidata": "wikidata.org",
    "f": "wikifunctions.org",
    "wikifunctions": "wikifunctions.org",
    "foundation": "foundation.wikimedia.org",
    "incubator": "incubator.wikimedia.org",
    "m": "meta.wikimedia.org",
    "meta": "meta.wikimedia.org",
    "metawikipedia": "meta.wikimedia.org",
    "mediawikiwiki": "mediawiki.org",
    "mw": "mediawiki.org",
    "outreach": "outreach.wikimedia.org",
    "species": "species.wikimedia.org",
    "wikispecies": "species.wikimedia.org",
}
