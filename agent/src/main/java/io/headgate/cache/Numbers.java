// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the numbers in a text, in digits and in words, with their units, and the dates. */
final class Numbers {

  private static final Map<String, Long> WORDS = new HashMap<>();
  private static final Map<String, String> UNITS = new HashMap<>();

  /** After these, or before {@code of}, "one" is no number. */
  private static final Set<String> NOT_ONE =
      Set.of("which", "this", "that", "the", "no", "any", "every", "each", "another", "what");

  static {
    words(0, "zero null cero");
    words(1, "one eins");
    words(2, "two twice double zwei deux dos dois duas zweimal doppelt");
    words(3, "three thrice triple drei trois tres três");
    words(4, "four vier quatre cuatro quattro quatro");
    words(5, "five fünf cinq cinco cinque");
    words(6, "six sechs seis");
    words(7, "seven sieben siete sette");
    words(8, "eight acht huit ocho otto oito");
    words(9, "nine neun neuf nueve nove");
    words(10, "ten zehn dix diez dieci dez");
    words(11, "eleven onze undici");
    words(12, "twelve dozen zwölf douze doce dodici");
    words(13, "thirteen");
    words(14, "fourteen fortnight");
    words(15, "fifteen");
    words(16, "sixteen");
    words(17, "seventeen");
    words(18, "eighteen");
    words(19, "nineteen");
    words(20, "twenty zwanzig vingt veinte venti vinte");
    words(30, "thirty dreißig trente treinta trenta trinta");
    words(40, "forty");
    words(50, "fifty");
    words(60, "sixty");
    words(70, "seventy");
    words(80, "eighty");
    words(90, "ninety");
    words(100, "hundred hundert cent cien cento cem");
    words(1_000, "thousand tausend mille mil");
    words(1_000_000, "million millionen millions");
    words(1_000_000_000, "billion milliarde milliard");
    units("#1", "first once");
    units("#2", "second");
    units("#3", "third");
    units("#4", "fourth quarter");
    units("#5", "fifth");
    units("sixties", "sixties");
    units("seventies", "seventies");
    units("eighties", "eighties");
    units("nineties", "nineties");
    units("half", "half halb halbe moitié mitad metà metade");
    units("%", "% percent percentage prozent pourcent");
    units("usd", "$ usd dollar dollars");
    units("eur", "€ eur euro euros");
    units("gbp", "£ gbp sterling");
    units("jpy", "¥ jpy yen");
    units("inr", "₹ inr rupee rupees");
    units("chf", "chf franc francs franken");
    units("cents", "cents penny pence");
    units("pound", "pound pounds lb lbs");
    units("oz", "oz ounce ounces");
    units("kg", "kg kilo kilos kilogram kilograms kilogramm");
    units("g", "g gram grams gramm");
    units("mg", "mg milligram milligrams");
    units("tonne", "ton tons tonne tonnes");
    units("km", "km kilometer kilometers kilometre kilometres kilometern");
    units("m", "m meter meters metre metres metern");
    units("cm", "cm centimeter centimeters centimetre centimetres");
    units("mm", "mm millimeter millimeters millimetre millimetres");
    units("mile", "mile miles mi");
    units("foot", "foot feet ft");
    units("inch", "inch inches");
    units("yard", "yard yards");
    units("liter", "l liter liters litre litres");
    units("ml", "ml milliliter milliliters millilitre millilitres");
    units("gallon", "gallon gallons");
    units("celsius", "c celsius centigrade");
    units("fahrenheit", "f fahrenheit");
    units("ms", "ms millisecond milliseconds");
    units("s", "seconds sec secs sekunden");
    units("min", "minute minutes min mins minuten minutos minuti");
    units("hour", "hour hours hr hrs h hourly stunde stunden heure heures hora horas ora ore");
    units("day", "day days daily tag tage tagen jour jours día días giorno giorni dia dias");
    units("week", "week weeks weekly woche wochen semaine semaines semana semanas settimana");
    units("month", "month months monthly monat monate monaten mois mes meses mese mesi mês");
    units(
        "year",
        "year years yearly annual annually jahr jahre jahren an ans año años anno anni ano");
    units("decade", "decade decades");
    units("century", "century centuries");
    units("kb", "kb kilobyte kilobytes");
    units("mb", "mb megabyte megabytes");
    units("gb", "gb gigabyte gigabytes");
    units("tb", "tb terabyte terabytes");
    units("bit", "bit bits");
    units("byte", "byte bytes");
    units("am", "am");
    units("pm", "pm");
    units("noon", "noon midday");
    units("midnight", "midnight");
    units("today", "today tonight heute aujourd'hui hoy oggi hoje");
    units("tomorrow", "tomorrow");
    units("yesterday", "yesterday");
    units("weekend", "weekend weekends");
    units("weekday", "weekday weekdays");
    units("jan", "january januar janvier enero gennaio janeiro");
    units("feb", "february februar février febrero febbraio fevereiro");
    units("mar", "märz mars marzo março");
    units("apr", "april avril abril aprile");
    units("jun", "june juni juin junio giugno junho");
    units("jul", "july juli juillet julio luglio julho");
    units("aug", "august août agosto");
    units("sep", "september septembre septiembre settembre setembro");
    units("oct", "october oktober octobre octubre ottobre outubro");
    units("nov", "november novembre noviembre novembro");
    units("dec", "december dezember décembre diciembre dicembre dezembro");
    units("mon", "monday mondays montag lundi lunes lunedì");
    units("tue", "tuesday tuesdays dienstag mardi martes martedì");
    units("wed", "wednesday wednesdays mittwoch mercredi miércoles mercoledì");
    units("thu", "thursday thursdays donnerstag jeudi jueves giovedì");
    units("fri", "friday fridays freitag vendredi viernes venerdì");
    units("sat", "saturday saturdays samstag samedi sábado sabato");
    units("sun", "sunday sundays sonntag dimanche domingo domenica");
  }

  /** Units that say something without a number, too. */
  private static final Set<String> ALONE =
      Set.of(
          "sixties",
          "seventies",
          "eighties",
          "nineties",
          "#1",
          "#2",
          "#3",
          "#4",
          "#5",
          "half",
          "usd",
          "eur",
          "gbp",
          "jpy",
          "inr",
          "chf",
          "cents",
          "%",
          "celsius",
          "fahrenheit",
          "hour",
          "day",
          "week",
          "month",
          "year",
          "decade",
          "century",
          "noon",
          "midnight",
          "am",
          "pm",
          "today",
          "tomorrow",
          "yesterday",
          "weekend",
          "weekday",
          "jan",
          "feb",
          "mar",
          "apr",
          "jun",
          "jul",
          "aug",
          "sep",
          "oct",
          "nov",
          "dec",
          "mon",
          "tue",
          "wed",
          "thu",
          "fri",
          "sat",
          "sun",
          "pound",
          "oz",
          "kg",
          "mg",
          "km",
          "mile",
          "foot",
          "inch",
          "yard",
          "liter",
          "gallon",
          "cm",
          "mm",
          "kb",
          "mb",
          "gb",
          "tb",
          "bit",
          "byte",
          "tonne");

  /** In two letters or less these are other words of some language, unless a number is before. */
  private static final Set<String> AFTER_A_NUMBER =
      Set.of("an", "ans", "ora", "ore", "am", "pm", "mes", "mil", "mars", "sec", "dia", "ano");

  private Numbers() {}

  private static void words(long value, String words) {
    for (String word : words.split(" ")) {
      WORDS.put(word, value);
    }
  }

  private static void units(String unit, String words) {
    for (String word : words.split(" ")) {
      UNITS.put(word, unit);
    }
  }

  /**
   * What is said in numbers, in the order of the text.
   *
   * @param taken gets the places of the words that are numbers, and of their units
   */
  static List<String> of(List<Word> words, BitSet taken) {
    List<String> found = new ArrayList<>();
    String sign = null;
    for (int i = 0; i < words.size(); ) {
      Word word = words.get(i);
      int next = i + 1;
      String number = null;
      if (word.kind() == Word.Kind.NUMBER) {
        number = digits(word.text());
      } else if (counts(words, i)) {
        long value = WORDS.getOrDefault(word.text(), 0L);
        for (; next < words.size() && counts(words, next); next++) {
          value = joined(value, WORDS.getOrDefault(words.get(next).text(), 0L));
        }
        number = Long.toString(value);
      }
      String unit = UNITS.get(words.get(i).text());
      if (number != null) {
        String after = next < words.size() ? unitAfter(words.get(next)) : null;
        next += after == null ? 0 : 1;
        after = after == null ? sign : after;
        found.add(
            after == null ? number : after.equals("th") ? '#' + number : number + ' ' + after);
        sign = null;
        taken.set(i, next);
      } else if (word.kind() == Word.Kind.SIGN && unit != null) {
        sign = unit;
      } else if (unit != null
          && word.kind() == Word.Kind.LETTERS
          && ALONE.contains(unit)
          && !AFTER_A_NUMBER.contains(word.text())
          && (word.text().length() > 1)) {
        found.add(unit);
      }
      i = next;
    }
    if (sign != null) {
      found.add(sign);
    }
    return found;
  }

  private static boolean counts(List<Word> words, int at) {
    Word word = words.get(at);
    if (word.kind() != Word.Kind.LETTERS || !WORDS.containsKey(word.text())) {
      return false;
    }
    if (!word.text().equals("one")) {
      return true;
    }
    boolean pointed = at > 0 && NOT_ONE.contains(words.get(at - 1).text());
    boolean among = at + 1 < words.size() && words.get(at + 1).text().equals("of");
    return !pointed && !among && at > 0;
  }

  private static long joined(long before, long more) {
    return more >= 100 && before > 0 && before < more ? before * more : before + more;
  }

  /** Thousands are written in several ways; what else differs in writing may differ in meaning. */
  private static String digits(String text) {
    boolean grouped = text.matches("-?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
    return grouped ? text.replace(",", "") : text;
  }

  private static @Nullable String unitAfter(Word word) {
    String unit = UNITS.get(word.text());
    if (unit != null && (word.kind() == Word.Kind.SIGN || word.kind() == Word.Kind.LETTERS)) {
      return unit.startsWith("#") ? (unit.equals("#2") ? "s" : null) : unit;
    }
    if (word.glued() && word.kind() == Word.Kind.LETTERS) {
      String end = word.text();
      boolean ordinal =
          end.equals("st") || end.equals("nd") || end.equals("rd") || end.equals("th");
      return ordinal ? "th" : end;
    }
    return null;
  }

  /** Whether a word alone is part of what {@link #of} finds, wherever it stands. */
  static boolean says(Word word) {
    String unit = word.kind() == Word.Kind.LETTERS ? UNITS.get(word.text()) : null;
    return unit != null && ALONE.contains(unit) && !AFTER_A_NUMBER.contains(word.text());
  }
}
