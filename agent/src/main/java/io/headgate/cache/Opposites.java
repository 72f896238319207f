// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words that turn a question round. Each line has a sign, the words of one side, a bar, and those
 * of the other.
 */
final class Opposites {

  /** Both sides say something: each text has the sides that the other one has. */
  static final int EQUAL = 0;

  /** The second side acts as a negation: both texts have it, or neither. */
  static final int SECOND = 1;

  /** Often left out: only one side here and only the other there is a contradiction. */
  static final int CLASH = 2;

  private static final String TABLE =
      """
      > enable activate on|disable deactivate off
      > with|without
      > allow permit accept approve grant|deny forbid block reject prohibit ban decline revoke refuse
      > add insert append create attach|remove delete drop detach erase
      > start begin launch run|stop end quit finish halt terminate kill
      > open|close shut
      > lock|unlock
      > encrypt encode|decrypt decode
      > compress zip|decompress extract unzip
      > install|uninstall
      > connect|disconnect
      > subscribe|unsubscribe
      > signin|signout
      > optin|optout
      > show display|hide conceal
      > include|exclude
      > valid|invalid
      > legal|illegal
      > true|false
      > success succeed pass|failure fail
      > safe|unsafe dangerous harmful
      > harmless|harmful
      > useful|useless
      > careful|careless
      > good|bad
      > like love|dislike hate
      > agree|disagree
      > win|lose
      > mount|unmount
      > freeze|unfreeze
      > pause suspend|resume continue
      > mute|unmute
      > do|undo
      > join|leave
      > keep|discard
      > save|lose
      > public|private
      > free|paid
      > present|absent
      > alive|dead
      > available|unavailable
      > hire|fire
      > buy|return
      > arrive arrival|depart departure
      > appear|disappear vanish
      > employ|dismiss
      > if|unless
      > more|less
      > better best|worse worst
      > many|few
      > pro advantage benefit|con disadvantage drawback
      > strength|weakness
      > male man men boy father|female woman women girl mother
      > husband|wife
      > uncle|aunt
      > king|queen
      > son brother|daughter sister
      = before prior|after following
      = earlier|later
      = min minimum least lowest smallest|max maximum highest largest biggest
      = increase raise grow|decrease reduce lower shrink
      = gain|loss
      = buy purchase|sell
      = import|export
      = upload|download
      = send|receive
      = borrow|lend
      = lender|borrower
      = deposit|withdraw
      = debit|credit
      > first|last final
      ~ old oldest older|new newest newer
      = young younger youngest|old older oldest
      ~ up upward|down downward
      = upgrade|downgrade
      = ascending|descending
      = ascend|descend
      = push|pull
      ~ read|write
      = input|output
      ~ source|destination target
      = client|server
      = frontend|backend
      = internal|external
      = inside|outside
      = indoor|indoors|outdoor outdoors
      = left|right
      = north northern|south southern
      = east eastern|west western
      = top|bottom
      ~ front|back
      = high higher|low lower
      = hot hotter warm|cold colder cool
      ~ fast faster fastest|slow slower slowest
      = big bigger large larger|small smaller
      ~ long longer|short shorter
      = cheap cheaper cheapest|expensive pricier
      = heavy heavier|light lighter
      ~ easy easier|hard harder difficult
      = strong stronger|weak weaker
      = rich|poor
      ~ early|late
      ~ day|night
      = morning|evening
      = weekday|weekend
      ~ today|yesterday
      ~ today|tomorrow
      = yesterday|tomorrow
      = past|future
      = previous|next
      = inbound incoming|outbound outgoing
      = single|married
      = manual|automatic
      > online|offline
      = sync synchronous|async asynchronous
      = local|remote
      = domestic|international
      = monthly|yearly annual annually
      = monthly|weekly
      = daily|weekly
      = daily|monthly
      = gross|net
      = employee|employer
      = teacher|student
      = parent|child children
      = buyer|seller
      = tenant|landlord
      = winner|loser
      = doctor|patient
      ~ question|answer
      = positive|negative
      = plus|minus
      = multiply|divide
      ~ odd|even
      = horizontal|vertical
      = row|column
      = width|height
      ~ black|white
      ~ red|green
      ~ red|blue
      ~ green|blue
      = war|peace
      = acid|base
      = liquid|solid
      = cause|effect
      = wake|sleep
      ~ teach|learn
      = attack|defend
      = vegetarian vegan|meat
      = merge|split
      = expand|collapse
      = forward|backward
      = forwards|backwards
      = singular|plural
      = active|passive
      = sunrise|sunset
      = maximize maximise|minimize minimise
      = inner|outer
      = summer|winter
      ~ spring|autumn
      = breakfast|dinner
      = adult|child
      = hardware|software
      = checked|unchecked
      = stable|unstable
      = static|dynamic
      ~ in|out
      > mit|ohne
      > ein|aus
      > aktivieren einschalten|deaktivieren ausschalten
      > hinzufügen|entfernen löschen
      > öffnen|schließen
      > erlauben|verbieten
      > starten|stoppen beenden
      = vor|nach
      = kaufen|verkaufen
      = erhöhen|senken
      = verschlüsseln|entschlüsseln
      > anmelden|abmelden
      = importieren|exportieren
      > avec|sans
      = avant|après
      > activer|désactiver
      > ajouter|supprimer retirer
      > ouvrir|fermer
      = acheter|vendre
      = augmenter|diminuer réduire
      = chiffrer|déchiffrer
      > autoriser|interdire
      > démarrer|arrêter
      = importer|exporter
      > con|sin
      = antes|después
      > activar habilitar|desactivar deshabilitar
      > añadir agregar|eliminar quitar borrar
      > abrir|cerrar
      = comprar|vender
      = aumentar|disminuir reducir
      > permitir|prohibir
      > con|senza
      = prima|dopo
      > attivare abilitare|disattivare disabilitare
      > aggiungere|rimuovere eliminare
      > aprire|chiudere
      = comprare|vendere
      > com|sem
      = antes|depois
      > ativar|desativar
      > adicionar|remover excluir
      > abrir|fechar
      """;

  /** Which pairs a word is part of: pair, kind and side in one number each. */
  private static final Map<String, int[]> PAIRS = read();

  private Opposites() {}

  private static Map<String, int[]> read() {
    Map<String, int[]> pairs = new HashMap<>();
    String[] lines = TABLE.split("\n");
    for (int pair = 0; pair < lines.length; pair++) {
      String line = lines[pair];
      int kind = line.charAt(0) == '=' ? EQUAL : line.charAt(0) == '>' ? SECOND : CLASH;
      String[] sides = line.substring(2).split("\\|");
      for (int side = 0; side < 2; side++) {
        for (String word : sides[side].split(" ")) {
          int entry = (pair << 4) | (kind << 2) | (1 << side);
          int[] known = pairs.getOrDefault(Stems.of(word), new int[0]);
          int[] more = Arrays.copyOf(known, known.length + 1);
          more[known.length] = entry;
          pairs.put(Stems.of(word), more);
        }
      }
    }
    return pairs;
  }

  /**
   * What a stem is one side of: from the lowest, 2 bits say which, 2 bits the kind, the rest names
   * the pair. Null if it has no opposite.
   */
  static int @Nullable [] of(String stem) {
    return PAIRS.get(stem);
  }
}
