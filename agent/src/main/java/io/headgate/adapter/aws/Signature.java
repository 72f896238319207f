// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The signature that the app's request came with, by version 4 of AWS's signing, and what becomes
 * of it when the request is changed.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">AWS Signature
 *     Version 4</a>
 */
final class Signature {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String SIGNED_HEADERS = "SignedHeaders=";

  /** The SDK itself sees no skew in less. */
  private static final Duration LEAST_SKEW = Duration.ofMinutes(1);

  /** A provider refuses what was signed more than five minutes ago; the way there takes time. */
  private static final long AGE_NANOS = Duration.ofMinutes(4).toNanos();

  private final GatewayRequest asked;
  private final @Nullable Renewal renewal;
  private final Clock clock;
  private final LongSupplier nanos;
  private final long made;

  /**
   * @param asked the request as it was signed
   * @param renewal null if it cannot be signed again
   * @param nanos as {@link System#nanoTime}; the app has signed just before this
   */
  Signature(GatewayRequest asked, @Nullable Renewal renewal, LongSupplier nanos) {
    this.asked = asked;
    this.renewal = renewal;
    this.nanos = nanos;
    this.made = nanos.getAsLong();
    this.clock = clock(asked.headers().first("x-amz-date"));
  }

  /** Whether a value of {@code Authorization} is a signature. */
  static boolean isOne(@Nullable String authorization) {
    return authorization != null && authorization.startsWith("AWS4-");
  }

  /** Whether the body is signed chunk by chunk, which takes more than a header field. */
  static boolean isChunked(SdkHttpRequest request) {
    return request
        .firstMatchingHeader("x-amz-content-sha256")
        .filter(sum -> sum.startsWith("STREAMING-"))
        .isPresent();
  }

  /**
   * The SDK knows from earlier answers how wrong this machine's clock is: as it dates, so do we.
   */
  private static Clock clock(@Nullable String date) {
    if (date != null) {
      try {
        Instant now = Instant.now();
        Duration skew = Duration.between(now, DATE.parse(date, Instant::from));
        if (skew.abs().compareTo(LEAST_SKEW) > 0) {
          return Clock.offset(Clock.systemUTC(), skew);
        }
      } catch (DateTimeParseException e) {
        // Whatever it is, it is not the SDK's.
      }
    }
    return Clock.systemUTC();
  }

  /**
   * A request with a signature that holds for it.
   *
   * @param wanted what it says
   * @param built the same as the SDK has it, with its body's length
   * @throws Unsigned if there is no such signature
   */
  SdkHttpRequest renewed(GatewayRequest wanted, SdkHttpRequest built) throws Unsigned {
    if (!isOne(wanted.headers().first("authorization"))) {
      return built; // Another credential, or none.
    }
    boolean holds = sameBut(wanted);
    if (!aged() && holds && signedFields().allMatch(name -> same(wanted, name))) {
      return built;
    }
    if (renewal != null) {
      try {
        return renewal.sign(bare(built), wanted.body().bytes(), clock);
      } catch (Exception e) {
        throw new Unsigned("the app's signer does not sign the changed request", e);
      }
    }
    if (holds) {
      return restored(built);
    }
    throw new Unsigned("the app signed the request for what it was, and how is not known");
  }

  /**
   * Whether the app's signature is about to be refused for its age, and there can be a new one. A
   * request is sent again after pauses and other attempts.
   */
  boolean aged() {
    return renewal != null && nanos.getAsLong() - made > AGE_NANOS;
  }

  /** Whether it says the same but for header fields. */
  private boolean sameBut(GatewayRequest wanted) {
    return wanted.method().equals(asked.method())
        && wanted.uri().equals(asked.uri())
        && (wanted.body() == asked.body()
            || (!wanted.body().opaque()
                && !asked.body().opaque()
                && Arrays.equals(wanted.body().bytes(), asked.body().bytes())));
  }

  private boolean same(GatewayRequest wanted, String name) {
    return wanted.headers().all(name).equals(asked.headers().all(name));
  }

  private Stream<String> signedFields() {
    String authorization = String.valueOf(asked.headers().first("authorization"));
    int from = authorization.indexOf(SIGNED_HEADERS);
    if (from < 0) {
      return Stream.of("authorization");
    }
    int start = from + SIGNED_HEADERS.length();
    int end = authorization.indexOf(',', start);
    String names = end < 0 ? authorization.substring(start) : authorization.substring(start, end);
    return Stream.concat(
        Stream.of("authorization"),
        Arrays.stream(names.trim().split(";", -1)).filter(name -> !name.isEmpty()));
  }

  private SdkHttpRequest restored(SdkHttpRequest built) {
    SdkHttpRequest.Builder builder = built.toBuilder();
    Headers headers = asked.headers();
    signedFields()
        .forEach(
            name -> {
              List<String> values = headers.all(name);
              if (values.isEmpty()) {
                builder.removeHeader(name);
              } else {
                builder.putHeader(name, values);
              }
            });
    return builder.build();
  }

  /** Without what signing adds: it is to be added again. */
  private static SdkHttpRequest bare(SdkHttpRequest signed) {
    return signed.toBuilder()
        .removeHeader("Authorization")
        .removeHeader("X-Amz-Date")
        .removeHeader("X-Amz-Content-Sha256")
        .removeHeader("X-Amz-Security-Token")
        .build();
  }
}
