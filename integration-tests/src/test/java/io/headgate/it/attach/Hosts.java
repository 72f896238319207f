// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two hosts: the one the app calls, and the one the configuration sends its calls to. Where a call
 * arrives tells whether it was intercepted.
 */
final class Hosts implements AutoCloseable {

  final StandIn called = StandIn.start();
  final StandIn configured = StandIn.start();

  Hosts() throws IOException {}

  /** What the app calls, by a name that is not the other's. */
  String url() {
    return "http://localhost:" + called.port() + "/v1/chat/completions";
  }

  /** A configuration that sends the app's calls to {@link #configured}. */
  String redirect() {
    return redirectTo(configured);
  }

  static String redirectTo(StandIn target) {
    return """
        providers:
          own:
            dialect: openai
            base-url: %s
            hosts: [localhost]
        """
        .formatted(target.url("/v1"));
  }

  /** A configuration that only looks at the app's calls. */
  static String observe() {
    return "mode: observe\nproviders:\n  own: {dialect: openai, hosts: [localhost]}\n";
  }

  Path redirectIn(Path dir) throws IOException {
    return Files.writeString(dir.resolve("redirect.yaml"), redirect());
  }

  static Path observeIn(Path dir) throws IOException {
    return Files.writeString(dir.resolve("observe.yaml"), observe());
  }

  /** So many calls arrived since the last look, all at the configured host. */
  void assertRedirected(int calls) {
    assertThat(called.requests()).as("calls that were not intercepted").isEmpty();
    assertThat(configured.requests()).as("calls that were intercepted").hasSize(calls);
    clear();
  }

  /** So many calls arrived since the last look, all where the app sent them. */
  void assertUntouched(int calls) {
    assertThat(configured.requests()).as("calls that were intercepted").isEmpty();
    assertThat(called.requests()).as("calls that were not intercepted").hasSize(calls);
    clear();
  }

  void clear() {
    called.clear();
    configured.clear();
  }

  @Override
  public void close() {
    called.close();
    configured.close();
  }
}
