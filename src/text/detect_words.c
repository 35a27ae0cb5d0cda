/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Articles, prepositions, conjunctions, pronouns, auxiliary verbs: words that
 * every text has, whatever it is about. The lists are about equally long, lest
 * a language find more by chance. A word may be in several; that says nothing
 * between these, and all the more against the others. What an apostrophe cuts
 * off (l', dell') is a word here.
 *
 * And the letters of each that some of its neighbours do not have, which tell
 * them apart where they share most words, as the Slavic languages do. */
#include <config.h>

#include "src/text/detect_words.h"

#include <stddef.h>

static const struct detect_words languages[] = {
    /* Latin */
    {"ca", "çò",
     " el la els les de del dels i a en amb per que un una uns unes no "
     "es és són ha han al als o com més aquest aquesta seva seu seus "
     "també però entre des fins sobre així on aquests pel pels ser va "
     "l d s n"},
    {"cs", "řěů",
     " a v na se je že z s do o k i pro za po od to jako které která "
     "který jsou by ve ale nebo podle při jeho jejich byl byla bylo má "
     "této tohoto mezi také až být již není ze však pouze"},
    {"da", "øæ",
     " og i at det en den til er som på de med han af for ikke der var "
     "mig sig men et har om vi min havde fra du nu over da hans ud skal "
     "kan blev efter også eller hvad være deres ved mod bliver dette "
     "denne af"},
    {"de", "ßäöü",
     " der die das und in den von zu mit sich des auf für ist im dem "
     "nicht ein eine als auch es an werden aus er hat dass sie nach wird "
     "bei einer um am sind noch wie einem über einen so zum war haben "
     "nur oder aber vor zur bis mehr durch"},
    {"en", "",
     " the of and to in a is that for it as was with be by on not he i "
     "this are or his from at which but have an had they you were their "
     "one all we can her has there been if more when will would who so "
     "its these other such shall"},
    {"es", "ñ",
     " de la que el en y a los se del las un por con no una su para es "
     "al lo como más o pero sus le ha me si sin sobre este entre cuando "
     "también fue había era muy años hasta desde está son esta ser así "
     "estos las han"},
    {"et", "õäü",
     " ja on ei et see ta kui oli ka oma mis selle aga siis ning või "
     "tema nii kes mida seda ma välja üle pole nad veel ole olid kuid "
     "poolt juba nagu ainult neid pärast mitte vahel kõik võib saab "
     "peab eest kohta"},
    {"eu", "",
     " eta da ez bat du dute dira zen ere egin baina izan edo hau den "
     "dela duen baino beste egiten hori zuen dituzte ditu bere behar "
     "dago guztiak oso arte gabe bezala horrek hauek diren duten eman "
     "ziren zuten izango honen beraz baita artean"},
    {"fi", "äö",
     " ja on ei että se hän oli joka mutta kun ovat myös niin kuin sen "
     "jos tai ole mukaan ollut sekä vain jo mitä olla joita siitä nyt "
     "voi jotka tämä tämän sitä vielä hänen oman ennen välillä kanssa "
     "kaikki olisi eikä koska olivat vuoden"},
    {"fr", "çèêùœ",
     " de la le et les des en un une du que est pour qui dans a par plus "
     "pas au sur ne se ce il sont avec ou son aux cette ses mais comme "
     "elle nous leur ont été ces y sans être fait deux même entre ainsi "
     "l d qu n s"},
    {"ga", "",
     " an agus na i a ar is le go do ag bhí ní sé tá nach ach as sin é "
     "air mar leis seo ó san faoi siad nó iad chun féin eile gur ina "
     "bhfuil raibh aon den don idir atá leo acu anseo dá lena"},
    {"hu", "őű",
     " a az és hogy nem is egy ez meg de volt csak már el ki még ha azt "
     "mint vagy ezt ami kell amely van sem minden ezek azok által több "
     "illetve úgy így lesz után között alatt szerint való aki lehet "
     "volna való során"},
    {"id", "",
     " yang dan di dari untuk pada dengan ini dalam tidak itu adalah ke "
     "oleh akan sebagai atau juga telah mereka karena tersebut dapat "
     "bahwa bisa sudah lebih ia saat hanya antara para ada kami tetapi "
     "setelah seperti lain harus namun secara serta kepada tahun"},
    {"it", "",
     " di e la il che in un a per è una del si non le della con i da "
     "dei alla al sono ha gli nel come anche delle più lo ma su dal "
     "dalla degli nella questo o se ai suo stato tra dell all l c n "
     "sulla loro essere fu"},
    {"lt", "ėįųū",
     " ir yra kad su ne į iš tai kaip o bet apie jis buvo tik už dėl "
     "ar per jo po nuo savo prie taip gali jau jos būti iki šis kuris "
     "kuri kurie jų dar pagal nėra taip pat arba turi metų ši tarp"},
    {"lv", "āēīņļķģ",
     " un ir ar no uz par ka kas tas viņš bet pie vai kā pēc tā to arī "
     "tiek šis šī nav līdz lai bija būt tika gan savu viņa kur vairāk "
     "tikai starp jau gadā kuri kura dēļ caur pret esošo ko tie tiem"},
    {"nl", "",
     " de van het een en in is dat op te zijn met voor die niet aan er "
     "om dan als of door bij ook uit naar tot over worden maar heeft "
     "deze wordt dit werd was nog al hij hebben kan meer geen tussen "
     "onder zal moet wie"},
    {"no", "øæ",
     " og i det er på som en til for med av at de har den ikke han om et "
     "fra seg å var eller ble hun men kan være vi så skal etter ved vil "
     "hadde mot sin blir også dette denne hva ut over nå noe der når "
     "mellom"},
    {"pl", "łąężśćńź",
     " i w na z do się nie że jest o to przez jak od za po co ale dla "
     "jego oraz są ich przy lub który która które być tym tego a tej ze "
     "także był może było była jej tylko między jako pod czy już w"},
    {"pt", "ãõç",
     " de a o que e do da em um para com não uma os no se na por mais as "
     "dos como mas ao ele das à seu sua ou quando muito nos já eu também "
     "pelo pela até isso ela entre depois sem mesmo aos foi são ser está "
     "à às"},
    {"ro", "ăâîșțşţ",
     " de și în a la cu pe nu din că o un care este pentru se mai al au "
     "fi sa ale ca sau ce prin dar fost lui lor sunt după între această "
     "acest are dintre cele unei unui până către asupra precum doar "
     "acestea"},
    {"sk", "ľĺŕôäť",
     " a v na sa je že s z do o k i pre za po od to ako ktoré ktorá "
     "ktorý sú by vo ale alebo podľa pri jeho ich bol bola bolo má tejto "
     "tohto medzi tiež až byť už nie zo však len iba ktorí"},
    {"sl", "",
     " in je v na se za da so z pa ki od s po iz tudi ne kot pri bi ali "
     "do ter je bil bila bilo kar še med sta ni ga jih kako lahko njegov "
     "te ta to tega bo biti več vse saj kateri katere"},
    {"sr", "ćđ",
     " je i u da se na su za od s sa o a kao iz što koji koja koje do ne "
     "ili po biti bio bila bilo ali će nije tako samo te ako može između "
     "ovo ova ovaj njegov kako više kod nakon ima sve"},
    {"sv", "åäö",
     " och i att det som en på är av för med den till inte de om ett han "
     "men var jag sig från vi så kan när år under också efter eller nu "
     "sin där vid mot ska skulle kommer ut får finns vara hade alla "
     "andra mycket än hon blev detta denna"},
    {"tr", "ğışç",
     " ve bir bu da de için ile olarak çok daha en gibi olan sonra o "
     "kadar ne var ama ise değil her ya göre tarafından olduğu kendi "
     "oldu olduğunu yeni ki mi ben içinde büyük arasında ancak şekilde "
     "önce diğer bazı tüm üzerinde"},
    {"vi", "ơưđ",
     " và của là có trong được cho các không với một những người này đã "
     "để khi từ đến về như ra vào cũng năm đó tại trên nhiều theo sau "
     "bị phải ông hay nhưng sẽ còn do bằng làm việc đây"},
    /* Cyrillic */
    {"be", "ўіыэё",
     " і ў у на не з што да як для па ад гэта за ён было яго а яны але "
     "быў была таксама пры або якія які якая ад аб толькі паміж гэтага "
     "іх яе яна таго каб ці можа калі пасля"},
    {"bg", "ъ",
     " на и да в за се от е не с по че са като до при или това той към "
     "след още този която които който като бе има може през но със без "
     "между също във както тези ще му бил били само ако"},
    {"mk", "ѓќѕјљњ",
     " на и во да се од за е не со ги по што дека како до ќе или тоа беше "
     "тој биле има може го ја но од при меѓу исто кои која кој кое сите "
     "овој оваа ова само ако бил била"},
    {"ru", "ыэё",
     " и в не на что с по как из у он к за от его о это а для все так но "
     "же бы до или при был была было были их ее её также между которые "
     "который со во если только этого когда может том мы они есть быть "
     "чтобы после"},
    {"sr", "ђћјљњ",
     " је и у да се на су за од с са о а као из што који која које до не "
     "или по бити био била било али ће није тако само те ако може између "
     "ово ова овај његов како више код након има све"},
    {"uk", "іїєґ",
     " і в не на що з та у до як за це по від для він його але а є про "
     "були був була було також або при між які який яка їх її так чи "
     "якщо тільки може цього через вони бути після ми під щоб"},
    /* Arabic */
    {"ar", "ةأإ",
     " في من على إلى الى أن ان عن التي الذي ما لا هذا هذه كان مع أو او "
     "بين كل بعد ذلك كما قد لم إن إذ هو هي حيث غير عند منذ حتى وفي ومن "
     "وأن وإلى وعلى وهو وهي أي فيها منها فيه بها خلال كانت وقد لها إذا "
     "تلك هناك بأن ولا"},
    {"fa", "پچژگکی",
     " و در به از که این را با است آن برای یک می خود تا بر شد هم نیز یا "
     "بود ها شده اما باید بین کرد او های ما آنها وی اگر همه دو هر پس "
     "کند شود چه نمی کردن بوده پیش مورد"},
    {"ur", "ٹڈڑںےہھکی",
     " کے میں کی ہے اور سے کا کو نے ہیں کہ یہ پر اس تھا بھی جو ایک نہیں "
     "تو ان ہو کر لیے وہ تھے تھی گیا کیا ہوئے ہی بعد یا جس دیا اپنے ساتھ "
     "کوئی تک ہوتا کسی جب گئی رہا"},
    /* Hebrew */
    {"he", "",
     " של את על לא הוא כי עם זה אל היא גם היה או כל אם אך בין מן יותר כמו "
     "רק היו עד זו אשר לאחר ידי אין יש אני הם בו לו לה שלו אלה זאת מה אבל "
     "כך שנה הייתה"},
    {"yi", "",
     " פון אין און די דער איז דאס האט מיט אויף צו נישט א אַ ער וואס אז זיך "
     "פאר מען זענען געווען ניט ביי נאך זיין איך דעם האבן ווי אויך אבער "
     "אדער צווישן דאָס האָט ייִדיש"},
    /* Devanagari */
    {"hi", "",
     " के में की है और से का को ने हैं कि यह पर इस था भी जो एक नहीं तो उन "
     "हो कर लिए वह थे थी गया किया हुए ही बाद या जिस दिया अपने साथ कोई तक "
     "होता किसी जब गई रहा"},
    {"ne", "",
     " र को छ मा ले लाई यो पनि गर्ने भएको हो थियो छन् का की तथा गरेको "
     "उनले गर्न भन्ने एक यस त्यो नेपाल अनि वा देखि सम्म बाट हुने गरी "
     "भने नै रहेको छैन आफ्नो गर्दै"},
    {NULL, NULL, NULL},
};

const struct detect_words *detect_words(void)
{
    return languages;
}
