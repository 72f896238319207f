// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import io.headgate.gateway.CacheOptions;
import io.headgate.gateway.CacheOptions.Control;
import io.headgate.metadata.CallFields.Field;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the app asks of the cache. Cloudflare's lifetimes go from 60 seconds to one month
 * ({@code developers.cloudflare.com/ai-gateway/features/caching}); there, as a gateway's setting, 0
 * means no caching, and so it does in its header field.
 */
final class CacheOptionsReader {

  /** As long as a rule of the configuration may say. */
  private static final long MOST_SECONDS = TimeUnit.DAYS.toSeconds(365);

  private static final int MOST_KEY = 1024;

  private CacheOptionsReader() {}

  /** {@link CacheOptions#NONE} itself if nothing is asked. */
  static CacheOptions read(CallFields fields) {
    Control control = control(fields);
    Field ttl = fields.find("cache-ttl", "cache-ttl");
    long seconds = -1;
    if (ttl != null && !ttl.own() && ttl.value().equals("0")) {
      control = control == Control.UNSAID ? Control.OFF : control;
    } else {
      seconds = fields.number(ttl, 1, MOST_SECONDS, -1);
    }
    String key = key(fields, fields.find("cache-key", "cache-key"));
    return control == Control.UNSAID && seconds < 0 && key == null
        ? CacheOptions.NONE
        : new CacheOptions(control, seconds, key);
  }

  private static Control control(CallFields fields) {
    Field field = fields.find("cache", "skip-cache");
    if (field == null) {
      return Control.UNSAID;
    }
    if (!field.own()) {
      return fields.flag(field, false) ? Control.OFF : Control.UNSAID;
    }
    switch (field.value().toLowerCase(Locale.ROOT)) {
      case "on":
        return Control.ON;
      case "off":
        return Control.OFF;
      case "refresh":
        return Control.REFRESH;
      case "no-store":
        return Control.NO_STORE;
      case "only":
        return Control.ONLY;
      default:
        fields.ignore(field, "expected on, off, refresh, no-store or only");
        return Control.UNSAID;
    }
  }

  private static @Nullable String key(CallFields fields, @Nullable Field field) {
    String key = CallFields.text(field);
    if (field == null || key == null) {
      return null;
    }
    if (key.length() > MOST_KEY || key.chars().anyMatch(Character::isISOControl)) {
      fields.ignore(
          field, "expected at most " + MOST_KEY + " characters, none a control character");
      return null;
    }
    return key;
  }
}
