// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.MetadataSource.Kind;
import io.headgate.config.ProviderSettings.KeySetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks, and with which key. */
class WhoConfigTest {
  private static final String SOURCE =
      "a source: header:NAME, baggage:KEY, mdc:KEY, body:PATH, caller:class, caller:method,"
          + " caller:package or value:TEXT";
  private final Fixture fixture = new Fixture();

  @Test
  void aSourceMayStandAlone() {
    assertThat(fixture.file("metadata: {a: 'value:b:c'}").traffic().metadata().get("a"))
        .containsExactly(new MetadataSource(Kind.VALUE, "b:c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: []} | 1:15: metadata.a: the list is empty; expected SOURCE",
        "{a: x} | 1:15: metadata.a: expected SOURCE, found \"x\"",
        "{a: 'heder:x'} | 1:15: metadata.a: expected SOURCE, found \"heder:x\"; did you mean \"header:\"?",
        "{a: ['mdc:']} | 1:16: metadata.a: expected SOURCE, found \"mdc:\"",
        "{a: {b: c}} | 1:15: metadata.a: expected SOURCE, found a mapping",
        "{a: 'caller:line'} | 1:15: metadata.a: expected caller:class, caller:method or caller:package, found \"caller:line\"",
        "{a: 'header:a b'} | 1:15: metadata.a: expected an HTTP field name after header:, found \"header:a b\"",
        "{a: 'header:Authorization'} | 1:15: metadata.a: Authorization is a credential; metadata goes into spans",
        "{A: 'mdc:a'} | 1:12: metadata: expected a name of letters, digits, _, . and - that starts with a lower-case letter, found \"A\"",
      })
  void mistakesInMetadataAreNamed(String yaml, String problem) {
    assertThat(fixture.problems("metadata: " + yaml))
        .containsExactly("headgate.yaml:" + problem.replace("SOURCE", SOURCE));
  }

  @Test
  void metadataHasAtMost32Names() {
    StringBuilder yaml = new StringBuilder("metadata:\n");
    for (int i = 0; i < 33; i++) {
      yaml.append("  a" + i + ": mdc:a\n");
    }
    assertThat(fixture.problems(yaml.toString()))
        .containsExactly("headgate.yaml:34:3: metadata: more than 32 names");
  }

  @Test
  void aKeyWhoseVariableIsEmptyIsLeftOut() {
    fixture.env.put("KEY_B", "sk-b");
    assertThat(
            fixture
                .file("providers: {openai: {keys: [{value: '${KEY_A:}'}, {value: '${KEY_B}'}]}}")
                .providers()
                .get("openai")
                .keys())
        .extracting(KeySetting::alias)
        .containsExactly("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai: {keys: []} | 1:28: providers.openai.keys: the list is empty; expected {alias: a, value: \"${KEY_A}\"}",
        "openai: {keys: [{alias: a}]} | 1:29: providers.openai.keys[0]: value is missing; expected a placeholder such as ${KEY_A}",
        "openai: {keys: [{value: sk-live}]} | 1:37: providers.openai.keys[0].value: the key itself must not stand in the file; write value: ${OPENAI_API_KEY_1} and set that variable",
        "openai: {keys: [{value: '${K:sk-0123456789abcdef0123}'}]} | 1:37: providers.openai.keys[0].value: the key itself must not stand in the file; write value: ${OPENAI_API_KEY_1} and set that variable",
        "openai: {keys: [{value: '${K:a}', weight: 0}]} | 1:55: providers.openai.keys[0].weight: expected a whole number from 1 to 1000000, found \"0\"",
        "openai: {keys: [{value: '${K:a}'}, {alias: 0, value: '${K:a}'}]} | 1:48: providers.openai.keys[1]: alias \"0\" is that of providers.openai.keys[0] too",
        "openai: {keys: [{value: '${K:a}', alias: a b}]} | 1:54: providers.openai.keys[0].alias: expected letters, digits, - and _",
        "openai: {keys: [{valu: a, value: '${K:a}'}]} | 1:30: unknown key \"valu\" under providers.openai.keys[0]; did you mean \"value\"?",
        "openai: {keys: x} | 1:28: providers.openai.keys: expected a list of {alias: a, value: \"${KEY_A}\"}, found a single value",
        "cloudflare: {token: abc} | 1:33: providers.cloudflare.token: the token itself must not stand in the file; write token: ${CLOUDFLARE_TOKEN} and set that variable",
        "cloudflare: {account: a/b} | 1:35: providers.cloudflare.account: expected letters, digits, - and _, found \"a/b\"",
        "cloudflare: {via: cloudflare, account: a, gateway: b} | 1:31: providers.cloudflare.via: cloudflare cannot go through itself",
        "openai: {via: portkey} | 1:27: providers.openai.via: expected cloudflare, found \"portkey\"",
        "openai: {via: cloudflare} | 1:27: providers.openai.via: cloudflare needs account and gateway under providers.cloudflare",
        "openai: {gateway: a} | 1:22: key \"gateway\" under providers.openai belongs under providers.cloudflare",
        "openai: {account: a} | 1:22: key \"account\" under providers.openai belongs under providers.cloudflare or providers.workers-ai",
      })
  void mistakesInKeysAndPlatformsAreNamed(String yaml, String problem) {
    assertThat(fixture.problems("providers: {" + yaml + "}"))
        .containsExactly("headgate.yaml:" + problem);
  }
}
