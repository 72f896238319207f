// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.HashSet;
import java.util.Set;

/** Names that people also write without a capital: countries, large cities, languages, money. */
final class KnownNames {

  private static final Set<String> NAMES = new HashSet<>();

  static {
    for (String name :
        ("afghanistan albania algeria argentina armenia australia austria azerbaijan bangladesh"
                + " belarus belgium bolivia bosnia brazil bulgaria cambodia cameroon canada chile"
                + " china colombia croatia cuba cyprus czechia denmark ecuador egypt england estonia"
                + " ethiopia finland france georgia germany ghana greece guatemala honduras hungary"
                + " iceland india indonesia iran iraq ireland israel italy jamaica japan jordan"
                + " kazakhstan kenya korea kuwait laos latvia lebanon libya lithuania luxembourg"
                + " malaysia malta mexico moldova monaco mongolia montenegro morocco nepal"
                + " netherlands holland nicaragua nigeria norway oman pakistan panama paraguay peru"
                + " philippines poland portugal qatar romania russia rwanda scotland senegal serbia"
                + " singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan"
                + " tanzania thailand tunisia turkey uganda ukraine uruguay usa uk uae venezuela"
                + " vietnam wales yemen zambia zimbabwe africa asia europe america antarctica"
                + " texas california florida alaska hawaii ohio"
                + " afghan albanian algerian american arabic argentinian armenian australian"
                + " austrian belgian bengali brazilian british bulgarian canadian cantonese catalan"
                + " chilean chinese colombian croatian cuban czech danish dutch egyptian english"
                + " estonian ethiopian european filipino finnish french german greek hebrew hindi"
                + " hungarian icelandic indian indonesian iranian iraqi irish israeli italian"
                + " japanese kenyan korean latin latvian lithuanian malay mandarin mexican moroccan"
                + " nigerian norwegian pakistani persian peruvian polish portuguese punjabi romanian"
                + " russian scottish serbian slovak slovenian spanish swahili swedish swiss syrian"
                + " tamil thai turkish ukrainian urdu vietnamese welsh african asian"
                + " london paris berlin madrid rome vienna lisbon dublin brussels amsterdam"
                + " copenhagen stockholm oslo helsinki warsaw prague budapest athens moscow kyiv"
                + " istanbul cairo tokyo osaka kyoto beijing shanghai delhi mumbai bangkok seoul"
                + " sydney melbourne toronto vancouver montreal chicago boston seattle houston"
                + " dallas miami denver munich hamburg frankfurt cologne zurich geneva milan naples"
                + " venice florence barcelona lyon marseille manchester birmingham edinburgh glasgow"
                + " euro euros dollar dollars yen yuan rupee rupees franc francs peso pesos ruble"
                + " rubles krona krone zloty lira won dirham rand bitcoin ethereum usd eur gbp jpy"
                + " chf cny inr aud cad sek nok dkk pln czk huf brl mxn krw btc eth"
                + " java javascript typescript python ruby rust golang kotlin scala swift php perl"
                + " haskell mysql postgres postgresql mongodb redis sqlite oracle docker kubernetes"
                + " linux windows macos ubuntu android iphone ipad chrome firefox safari edge excel"
                + " outlook gmail paypal visa mastercard amazon google microsoft facebook instagram"
                + " whatsapp telegram slack zoom spotify netflix youtube twitter linkedin github"
                + " gitlab aws azure gcp openai anthropic react angular vue django flask spring"
                + " mercury venus earth mars jupiter saturn uranus neptune pluto"
                + " christmas easter ramadan hanukkah thanksgiving")
            .split(" ")) {
      NAMES.add(Stems.of(name));
    }
  }

  private KnownNames() {}

  static boolean has(String stem) {
    return NAMES.contains(stem);
  }
}
