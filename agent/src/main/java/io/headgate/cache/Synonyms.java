// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Other ways to write the same thing, in English: few, and only such as are never told apart. Short
 * forms are written out.
 */
final class Synonyms {

  /** The longest phrase, in words. */
  static final int LONGEST = 3;

  /** What is written, a bar, and what stands for it; words of a phrase are joined by {@code _}. */
  private static final String TABLE =
      """
      log_in sign_in log_into sign_into login signin logon log_on sign_on|signin
      logging_in signing_in logging_into signing_into|signin
      log_out sign_out log_off sign_off logout logoff signout logging_out signing_out|signout
      sign_up signup signing_up|signup
      opt_in|optin
      opt_out|optout
      turn_on switch_on turning_on switching_on|enable
      turn_off switch_off turning_off switching_off|disable
      e_mail email mail_address|email
      telephone phone|phone
      photo photos picture pictures pic pics photograph photographs|photo
      tv television|television
      movie movies film films|film
      kid kids child children|child
      bike bicycle bikes bicycles|bicycle
      fridge refrigerator|refrigerator
      info information|information
      pwd password passwd passwords|password
      acct account accounts|account
      docs documentation|documentation
      doc document documents|document
      config configuration|configuration
      db database|database
      repo repository|repository
      app application apps applications|application
      modify modifying change changing alter altering|change
      purchase purchasing buy buying|buy
      purchased bought|bought
      start starting begin beginning|start
      allowed permitted|allowed
      cost costs price prices|price
      quick fast quickly|fast
      large big|big
      repair repairing fix fixing|fix
      money_back|refund
      get_in_touch|contact
      customer_service customer_support customer_care|support
      set_up setup setting_up|setup
      back_up backup backing_up|backup
      add_on addon|addon
      check_in checkin|checkin
      check_out checkout|checkout
      wi_fi wifi|wifi
      web_site website site|website
      zip_code postcode postal_code|postcode
      colour color|color
      cancelled canceled|canceled
      cancelling canceling cancellation cancelation|cancel
      organisation organization|organization
      licence license|license
      centre center|center
      cheque check|check
      don't dont|do not
      doesn't doesnt|does not
      didn't didnt|did not
      can't cannot cant|can not
      couldn't couldnt|could not
      won't wont|will not
      wouldn't wouldnt|would not
      shouldn't shouldnt|should not
      isn't isnt|is not
      aren't arent|are not
      wasn't wasnt|was not
      weren't werent|were not
      haven't havent|have not
      hasn't hasnt|has not
      hadn't hadnt|had not
      mustn't mustnt|must not
      needn't neednt|need not
      mightn't|might not
      ain't aint|is not
      i'll|i will
      you'll|you will
      he'll|he will
      she'll|she will
      it'll|it will
      we'll|we will
      they'll|they will
      that'll|that will
      i'm|i am
      i've|i have
      i'd|i would
      you're|you are
      we're|we are
      they're|they are
      what's whats|what is
      who's|who is
      where's wheres|where is
      when's|when is
      why's|why is
      how's hows|how is
      it's|it is
      that's thats|that is
      there's theres|there is
      let's|let us
      """;

  private static final Map<String, String> KNOWN = new HashMap<>();

  static {
    for (String line : TABLE.split("\n")) {
      int bar = line.indexOf('|');
      for (String written : line.substring(0, bar).split(" ")) {
        KNOWN.put(written, line.substring(bar + 1));
      }
    }
  }

  private Synonyms() {}

  /** What stands for a word or a phrase, words parted by spaces; null if it stands for itself. */
  static @Nullable String of(String phrase) {
    return KNOWN.get(phrase);
  }
}
