/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The closed classes of each language, as its grammars list them. How rare a
 * word is in a collection does not tell them: "what" and "which" are rare in
 * abstracts, and stand in every other question. Numerals are left out, and so
 * are words that are also common nouns. What an apostrophe cuts off (l', qu')
 * is a word here; words are in the form that the analyzer gives them. */
#include <config.h>

#include "src/text/function_words.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *language, *words; /* each between two spaces */
} lists[] = {
    {"ar", " في من إلى الى على عن مع هذا هذه ذلك تلك هؤلاء الذي التي الذين "
           "اللذان ما ماذا متى أين اين كيف كم لماذا هل أي اي أية من هو هي هم "
           "هما هن أنا انا نحن أنت انت أن ان إن إنه أنه انه أنها إنها انها كان "
           "كانت كانوا يكون تكون ليس ليست لا لم لن قد لقد و أو او ثم بل لكن "
           "ولكن حتى إذا اذا إذ لو كل بعض غير بين بعد قبل عند عندما منذ خلال "
           "حول ضد تحت فوق دون كما مثل أيضا ايضا فقط هناك هنا حيث به بها له "
           "لها لهم فيه فيها منه منها عليه عليها إليه إليها التى الذى وهو وهي "
           "ولا وما وفي ومن بما مما لما كلما عما فإن فان لدى لدي أما اما إلا "
           "الا سوف يا "},
    {"de",
     " der die das den dem des ein eine einer eines einem einen kein "
     "keine keiner keines keinem keinen ich du er sie es wir ihr mich "
     "dich sich uns euch mir dir ihm ihn ihnen mein meine meiner meinem "
     "meinen dein deine sein seine seiner seinem seinen seines ihre ihrer "
     "ihrem ihren ihres unser unsere unserer euer dieser diese dieses "
     "diesem diesen jener jene jenes jeder jede jedes jedem jeden "
     "welcher welche welches welchem welchen wer was wen wem wessen wo "
     "wann wie warum weshalb woher wohin und oder aber sondern denn weil "
     "dass daß wenn als ob obwohl während damit so auch nur noch schon "
     "nicht in im an am auf aus bei beim mit nach seit von vom zu zum "
     "zur durch für gegen ohne um über unter vor hinter neben zwischen "
     "bis bin bist ist sind seid war waren wäre gewesen habe hast hat "
     "haben hatte hatten werde wird werden wurde wurden würde worden kann "
     "können konnte soll sollen sollte muss müssen will wollen wollte "
     "darf dürfen mag man da dort hier dann "},
    {"en", " a an the this that these those i me my mine myself we us our ours "
           "ourselves you your yours yourself yourselves he him his himself "
           "she her hers herself it its itself they them their theirs "
           "themselves who whom whose which what when where why how whether "
           "one ones some any each every either neither both all another other "
           "others such same own no nor not none and or but if then than as "
           "because while although though since unless until of at by for with "
           "without within about against between among amongst into onto "
           "through throughout during before after above below to from up down "
           "in out on off over under upon toward towards via per again further "
           "once here there am is are was were be been being have has had "
           "having do does did doing done would should could shall will can "
           "may might must ought cannot only very too so just also more most "
           "much many few there's it's that's what's i'm i've don't doesn't "
           "didn't isn't aren't wasn't weren't can't won't "},
    {"es", " el la los las lo un una unos unas yo tú él ella ello nosotros "
           "nosotras vosotros vosotras ellos ellas usted ustedes me te se nos "
           "os le les mi mis tu tus su sus nuestro nuestra nuestros nuestras "
           "vuestro vuestra suyo suya este esta esto estos estas ese esa eso "
           "esos esas aquel aquella aquello aquellos aquellas quien quién "
           "quienes quiénes que qué cual cuál cuales cuáles cuyo cuya cuyos "
           "cuyas cuando cuándo donde dónde como cómo cuanto cuánto cuanta "
           "cuánta cuantos cuántos cuantas cuántas porque por qué y e o u ni "
           "pero sino mas si aunque pues no sí a al ante bajo con contra de "
           "del desde durante en entre hacia hasta mediante para por según sin "
           "sobre tras ser soy eres es somos son era eran fue fueron sea sean "
           "sido siendo estar estoy está están estaba estaban estado haber he "
           "ha has han hay había habían hubo haya hayan tener tiene tienen "
           "tenía tenían muy más menos tan tanto también tampoco ya sólo solo "
           "todo toda todos todas otro otra otros otras algún alguna algunos "
           "algunas ningún ninguna cada mismo misma mismos mismas así "},
    {"fr", " le la les l un une des du de d au aux je j tu il elle on nous "
           "vous ils elles me m te t se s lui leur leurs moi toi soi eux mon "
           "ma mes ton ta tes sa ses notre nos votre vos ce c cet cette ces "
           "cela ça ceci celui celle ceux celles qui que qu quoi dont où quel "
           "quelle quels quelles lequel laquelle lesquels lesquelles quand "
           "comment combien pourquoi et ou ni mais or car si donc puisque "
           "lorsque comme parce ne n pas plus moins très trop aussi même mêmes "
           "tout toute toutes tous autre autres chaque quelque quelques aucun "
           "aucune tel telle tels telles à dans en par pour sur sous sans avec "
           "contre entre vers chez depuis pendant avant après selon jusque "
           "jusqu être suis es est sommes êtes sont était étaient été étant "
           "fut furent sera seront soit soient avoir ai as a avons avez ont "
           "avait avaient eu ayant aura auront ait aient y ainsi lors ici là "
           "peut peuvent doit doivent "},
    {"it", " il lo la i gli le l un uno una del dello della dell dei degli "
           "delle di d al allo alla all ai agli alle a dal dallo dalla dall "
           "dai dagli dalle da nel nello nella nell nei negli nelle in sul "
           "sullo sulla sull sui sugli sulle su col coi con per tra fra io tu "
           "lui lei noi voi loro mi ti si ci vi ne mio mia miei mie tuo tua "
           "suo sua suoi sue nostro nostra nostri nostre vostro vostra questo "
           "questa questi queste quest quello quella quelli quelle quel quei "
           "chi che cui quale quali quanto quanta quanti quante quando dove "
           "come perché perchè cosa e ed o od ma se anche non né più meno "
           "molto ogni tutto tutta tutti tutte altro altra altri altre stesso "
           "stessa essere sono sei è siamo siete era erano fu furono sia siano "
           "stato stata stati state avere ho hai ha abbiamo avete hanno aveva "
           "avevano può possono deve devono senza contro dopo prima durante "},
    {"nl", " de het een der des den ik jij je u hij zij ze wij we jullie mij "
           "me jou hem haar ons hen hun zich mijn jouw zijn onze uw dit dat "
           "deze die wie wat welke welk waar wanneer hoe waarom en of maar "
           "want dus als dan toen omdat dat hoewel niet geen ook nog al alle "
           "ander andere elk elke ieder iedere zo zeer te aan bij binnen boven "
           "door in met na naar om onder op over per sinds tegen tot tussen "
           "uit van vanaf via voor zonder ben bent is was waren geweest worden "
           "wordt werd werden geworden heb hebt heeft hebben had hadden kan "
           "kunnen kon zal zullen zou zouden moet moeten mag mogen wil willen "
           "er hier daar men veel meer meest "},
    {"pt",
     " o a os as um uma uns umas do da dos das no na nos nas ao à aos às "
     "pelo pela pelos pelas num numa dum duma eu tu ele ela nós vós eles "
     "elas você vocês me te se lhe lhes meu minha meus minhas teu tua seu "
     "sua seus suas nosso nossa nossos nossas este esta estes estas isto "
     "esse essa esses essas isso aquele aquela aqueles aquelas aquilo "
     "quem que quê qual quais cujo cuja cujos cujas quando onde como "
     "quanto quanta quantos quantas porque por e ou nem mas se embora "
     "pois não sim ante após até com contra de desde em entre para "
     "perante sem sob sobre ser sou és é somos são era eram foi foram "
     "seja sejam sido sendo estar está estão estava estavam ter tem têm "
     "tinha tinham haver há havia muito mais menos tão também já só todo "
     "toda todos todas outro outra outros outras cada mesmo mesma mesmos "
     "mesmas "},
    {"ru", " и а но да или либо ни не если то что чтобы как так когда пока "
           "хотя потому поэтому же ли бы б в во на с со к ко о об обо от ото "
           "до по за из изо у над под при про через для без между перед "
           "около после среди против ради кроме вместо я меня мне мной мы нас "
           "нам нами ты тебя тебе вы вас вам вами он его ему им нем нём она ее "
           "её ей ею ней оно они их ими них ним нему него нее неё себя себе "
           "собой мой моя моё мои твой наш наша наше наши ваш ваша свой своя "
           "своё свои своего своей своих этот эта это эти этого этой этому "
           "этим этих тот та те того той тому тем тех такой такая такое такие "
           "кто кого кому кем чей чья чьё чьи чего чему чем какой какая какое "
           "какие какого каком каких который которая которое которые которого "
           "которой которых котором которым где куда откуда сколько почему "
           "зачем весь вся всё все всех всем сам сама само сами самый другой "
           "быть был была было были будет будут есть является являются может "
           "могут можно нет уже еще ещё только также тоже очень более менее "
           "там тут здесь "},
};

bool function_word(struct bytes word, struct bytes language)
{
    char wanted[32];
    size_t i;

    if (word.length + 2 >= sizeof wanted || memchr(word.data, ' ', word.length))
        return false;
    wanted[0] = ' ';
    memcpy(wanted + 1, word.data, word.length);
    memcpy(wanted + 1 + word.length, " ", 2);
    for (i = 0; i < sizeof lists / sizeof *lists; i++)
        if (bytes_equal(bytes_of(lists[i].language), language))
            return strstr(lists[i].words, wanted) != NULL;
    return false;
}
