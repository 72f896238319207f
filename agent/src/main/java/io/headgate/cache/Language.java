// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.List;
import java.util.Set;

/** The languages whose small words are known. */
enum Language {
  ENGLISH(
      "a an the this that these those it its i me my we us our you your he him his she her they them"
          + " their is am are was were be been being do does did done have has had having will"
          + " would shall should can could may might must to of in on at by for from with about as"
          + " into onto and or but if then than so there here what which who whom whose when where"
          + " why how not no yes just please hi hello hey thanks thank dear pls plz kindly also too"
          + " very really actually exactly currently some any all more most much many own s t re ve"
          + " d m ll im id ive thats whats hows ok okay well get gets getting got tell show explain"
          + " describe know want need needed like let lets possible way ways help able wondering"
          + " wonder question understand mean sure quick quickly trying try think give find looking"
          + " look see use using again now go going guide list write say such each every only both"
          + " either while during through via per up out off over under without before after"
          + " assist steps step best correct proper properly right procedure process thing things"
          + " obtain yet someone something anyone anything everyone everything one ones"),
  GERMAN(
      "der die das den dem des ein eine einen einem einer eines ich mich mir mein meine meinen"
          + " meinem meiner du dich dir dein deine sie ihr ihre ihren wir uns unser unsere es ist"
          + " sind bin war waren wird werden wurde sein haben hat habe hatte kann können könnte muss"
          + " müssen soll darf und oder aber wenn dann als wie was wer wo wann warum wieso welche"
          + " welcher welches nicht kein keine keinen ja nein bitte hallo danke auch noch nur sehr"
          + " mit ohne zu zum zur von vom für auf aus bei nach vor über unter im in am an um gibt"
          + " man mal"),
  FRENCH(
      "le la les l un une des du de d je j me mon ma mes tu te ton ta tes il elle on nous vous ils"
          + " elles notre nos votre vos ce cet cette ces c est es suis sont était être ai as a avons"
          + " avez ont avoir peut peux pouvez puis dois doit et ou mais si que qu qui quoi quand où"
          + " pourquoi comment combien quel quelle quels quelles ne n pas non oui merci bonjour svp"
          + " aussi très avec sans pour par sur sous dans en au aux y se s faire fait"),
  SPANISH(
      "el la los las un una unos unas de del yo me mi mis tú tu tus él ella nos nuestro su sus se lo"
          + " le les es son soy está están era ser estar he ha han haber hay puedo puede pueden"
          + " podría debo y o pero si que qué quién quien cuándo cuando dónde donde cómo como por"
          + " para porqué cuánto cuántos cuál cual no sí favor hola gracias también muy con sin en a"
          + " al mío este esta esto tengo tiene"),
  ITALIAN(
      "il lo la i gli le un uno una di del della dei delle dello degli io mi mio mia miei mie tu ti"
          + " tuo tua lui lei noi ci nostro voi vi vostro loro si è sono sei era essere ho hai ha"
          + " abbiamo avete hanno avere posso puoi può possono devo deve e o ma se che chi quando"
          + " dove come perché quanto quanti quale quali non no sì ciao grazie per favore anche"
          + " molto con senza in a al alla ai nel nella da dal su sul questo questa cosa fare"),
  PORTUGUESE(
      "o a os as um uma uns umas de do da dos das eu me meu minha meus minhas tu você vocês ele ela"
          + " nós nosso nossa seu sua seus suas se é são sou está estão era ser estar tenho tem têm"
          + " ter há posso pode podem devo e ou mas que quem quando onde como por para porquê"
          + " quanto quantos qual quais não sim olá obrigado obrigada também muito com sem em no na"
          + " nos nas ao à este esta isso isto fazer faço"),
  /** One of few words, or of none of these languages. */
  UNKNOWN("");

  @SuppressWarnings("ImmutableEnumChecker") // A copy that nobody can change.
  private final Set<String> small;

  Language(String small) {
    this.small = Set.copyOf(List.of(small.split(" ")).stream().distinct().toList());
  }

  /** Whether a word says little by itself. */
  boolean small(String word) {
    return this == UNKNOWN ? ENGLISH.small(word) : small.contains(word);
  }

  /** The language with most small words among some; unknown if there are none, or two have it. */
  static Language of(List<Word> words) {
    Language best = UNKNOWN;
    int most = 0;
    for (Language language : values()) {
      int count = 0;
      for (Word word : words) {
        count += word.kind() == Word.Kind.LETTERS && language.small.contains(word.text()) ? 1 : 0;
      }
      if (count > most) {
        most = count;
        best = language;
      } else if (count == most && count > 0 && best != ENGLISH) {
        best = UNKNOWN;
      }
    }
    return best;
  }
}
