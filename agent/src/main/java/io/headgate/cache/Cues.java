// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which words are which cues, by language. Words of a phrase are joined by {@code _}. */
final class Cues {

  /** The longest phrase, in words. */
  static final int LONGEST = 4;

  private static final String ENGLISH =
      """
      NOT not no never none nobody nothing nowhere neither nor without cannot unable impossible non
      NOT hardly barely refuse refuses refused except excluding lack lacks lacking
      WHO who whom which_person
      WHOSE whose
      WHEN when what_time what_date what_day what_year which_day which_date which_year which_month
      WHEN at_what_time
      WHERE where what_place which_place which_country which_city what_city what_country
      WHY why how_come what_reason what_is_the_reason for_what_reason
      HOW how way_to ways_to steps_to best_way
      WHAT what which
      HOW_MUCH how_many how_much what_number what_is_the_price what_is_the_cost price_of cost_of
      HOW_LONG how_long how_soon how_fast how_quickly how_many_days how_many_hours
      HOW_OFTEN how_often how_frequently how_many_times
      HOW_FAR how_far
      HOW_OLD how_old
      HOW_BIG how_big how_large how_tall how_high how_deep how_wide how_heavy
      ALL all every each always everyone everybody everything everywhere entire whole entirely
      SOME some somebody someone somewhere certain sometimes partly partially several
      MOST most mostly usually majority
      FEW few fewer a_few
      ONLY only solely exclusively merely alone
      BOTH both
      EITHER either
      AT_LEAST at_least minimum_of no_less_than
      AT_MOST at_most up_to maximum_of no_more_than at_maximum
      MORE more_than greater_than over above
      LESS less_than fewer_than smaller_than under below
      SELDOM rarely seldom occasionally
      PAST was were did had used_to ago yesterday bought sold went came won lost made sent wrote broke
      PAST chose fell flew gave knew rose said spoke stole took taught thought threw wore became
      PAST began drew drove ate forgot hid kept met built felt held led left paid told understood
      FUTURE will shall gonna going_to tomorrow won't upcoming
      FROM from than into onto vs versus over instead by toward towards against
      TO to
      OF of
      MINE my mine our ours
      YOURS your yours
      THEIRS his her their theirs hers someone_else's
      MAY can could may might able allowed permitted possible
      MUST must should have_to has_to need_to needs_to required ought obliged mandatory
      AND and
      OR or
      THIS this these
      THAT that those
      """;

  private static final String GERMAN =
      """
      NOT nicht kein keine keinen keinem keiner keines nie niemals niemand nichts nirgends ohne weder
      NOT unmöglich außer
      WHO wer wem wen
      WHOSE wessen
      WHEN wann um_wie_viel_uhr
      WHERE wo woher wohin
      WHY warum wieso weshalb
      HOW wie
      WHAT was welche welcher welches welchen welchem
      HOW_MUCH wie_viel wie_viele wieviel wieviele was_kostet was_kosten
      HOW_LONG wie_lange wie_lang
      HOW_OFTEN wie_oft
      HOW_FAR wie_weit
      HOW_OLD wie_alt
      HOW_BIG wie_groß wie_hoch
      ALL alle alles jeder jede jedes immer ganze ganzen
      SOME einige manche manchmal etwas teilweise
      MOST meiste meisten meistens
      FEW wenige
      ONLY nur ausschließlich
      BOTH beide beides
      EITHER entweder
      AT_LEAST mindestens
      AT_MOST höchstens maximal bis_zu
      MORE mehr_als
      LESS weniger_als
      SELDOM selten
      PAST war waren wurde wurden hatte hatten gestern
      FUTURE morgen werde wirst
      FROM von aus vom als statt gegen
      TO zu zum zur nach
      MINE mein meine meinen meinem meiner unser unsere
      YOURS dein deine deinen euer eure
      MAY kann können könnte darf dürfen
      MUST muss müssen soll sollte
      AND und
      OR oder
      """;

  private static final String FRENCH =
      """
      NOT pas jamais rien aucun aucune personne sans ni impossible non sauf
      WHO qui
      WHEN quand à_quelle_heure
      WHERE où
      WHY pourquoi
      HOW comment
      WHAT que quoi quel quelle quels quelles qu
      HOW_MUCH combien
      HOW_LONG combien_de_temps
      HOW_OFTEN combien_de_fois
      ALL tout tous toute toutes chaque toujours
      SOME quelques certains certaines parfois plusieurs
      MOST plupart
      ONLY seulement uniquement seul
      BOTH les_deux
      AT_LEAST au_moins
      AT_MOST au_plus jusqu_à
      MORE plus_de
      LESS moins_de
      SELDOM rarement
      PAST était étaient avait hier
      FUTURE demain sera seront
      FROM de du depuis par
      TO à vers au
      MINE mon ma mes notre nos
      YOURS ton ta tes votre vos
      THEIRS son sa ses leur leurs
      MAY peut peux puis pouvez
      MUST dois doit devez faut
      AND et
      OR ou
      """;

  private static final String SPANISH =
      """
      NOT no nunca jamás nada nadie ningún ninguna ninguno sin ni imposible tampoco excepto
      WHO quién quiénes quien
      WHEN cuándo cuando a_qué_hora
      WHERE dónde donde adónde
      WHY por_qué porqué por_que
      HOW cómo como
      WHAT qué cuál cuáles cual
      HOW_MUCH cuánto cuánta cuántos cuántas cuanto cuantos
      HOW_LONG cuánto_tiempo
      HOW_OFTEN cuántas_veces
      ALL todo todos toda todas cada siempre
      SOME algunos algunas algún alguna a_veces varios
      MOST mayoría
      ONLY solo sólo solamente únicamente
      BOTH ambos ambas
      AT_LEAST al_menos
      AT_MOST como_máximo hasta
      MORE más_de
      LESS menos_de
      SELDOM raramente
      PAST era fue eran fueron ayer
      FUTURE mañana será serán
      FROM de desde del
      TO a al hacia
      MINE mi mis nuestro nuestra mío
      YOURS tu tus vuestro
      THEIRS su sus
      MAY puedo puede pueden podría
      MUST debo debe deben tengo_que hay_que
      AND y
      OR o
      """;

  private static final String ITALIAN =
      """
      NOT non no mai niente nulla nessuno nessuna senza né impossibile tranne
      WHO chi
      WHEN quando a_che_ora
      WHERE dove
      WHY perché perchè
      HOW come
      WHAT che cosa quale quali
      HOW_MUCH quanto quanta quanti quante
      HOW_LONG quanto_tempo
      HOW_OFTEN quante_volte
      ALL tutto tutti tutta tutte ogni sempre
      SOME alcuni alcune qualche a_volte
      MOST maggior
      ONLY solo soltanto solamente
      BOTH entrambi entrambe
      AT_LEAST almeno
      AT_MOST al_massimo fino_a
      MORE più_di
      LESS meno_di
      SELDOM raramente
      PAST era erano ieri
      FUTURE domani sarà saranno
      FROM da dal dalla di
      TO a al alla verso
      MINE mio mia miei mie nostro nostra
      YOURS tuo tua tuoi vostro vostra
      THEIRS suo sua suoi loro
      MAY posso puoi può possono
      MUST devo deve devono
      AND e
      OR o
      """;

  private static final String PORTUGUESE =
      """
      NOT não nunca jamais nada ninguém nenhum nenhuma sem nem impossível exceto
      WHO quem
      WHEN quando a_que_horas
      WHERE onde aonde
      WHY por_que porquê por_quê
      HOW como
      WHAT que qual quais
      HOW_MUCH quanto quanta quantos quantas
      HOW_LONG quanto_tempo
      HOW_OFTEN quantas_vezes
      ALL todo todos toda todas cada sempre tudo
      SOME alguns algumas algum alguma às_vezes vários
      MOST maioria
      ONLY só somente apenas
      BOTH ambos ambas
      AT_LEAST pelo_menos
      AT_MOST no_máximo até
      MORE mais_de
      LESS menos_de
      SELDOM raramente
      PAST era foi eram foram ontem
      FUTURE amanhã será serão
      FROM de do da desde
      TO a ao à para
      MINE meu minha meus minhas nosso nossa
      YOURS teu tua
      THEIRS seu sua seus suas
      MAY posso pode podem
      MUST devo deve devem
      AND e
      OR ou
      """;

  private static final Map<Language, Map<String, Long>> ALL = new EnumMap<>(Language.class);

  static {
    ALL.put(Language.ENGLISH, read(ENGLISH));
    ALL.put(Language.UNKNOWN, read(ENGLISH));
    ALL.put(Language.GERMAN, read(GERMAN));
    ALL.put(Language.FRENCH, read(FRENCH));
    ALL.put(Language.SPANISH, read(SPANISH));
    ALL.put(Language.ITALIAN, read(ITALIAN));
    ALL.put(Language.PORTUGUESE, read(PORTUGUESE));
  }

  private Cues() {}

  private static Map<String, Long> read(String table) {
    Map<String, Long> cues = new HashMap<>();
    for (String line : table.split("\n")) {
      String[] words = line.split(" ");
      long bit = Cue.valueOf(words[0]).bit();
      for (int i = 1; i < words.length; i++) {
        cues.merge(words[i], bit, (a, b) -> a | b);
      }
    }
    return cues;
  }

  /** The bits of the cues that a word or a phrase is; null if it is none. */
  static @Nullable Long of(Language language, String phrase) {
    return ALL.getOrDefault(language, Map.of()).get(phrase);
  }
}
