// SPDX-License-Identifier: Apache-2.0
package io.headgate.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadgateAgentTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdk.compiler/com.sun.tools.javac.Main -d out A.java",
        "jdk.jcmd/sun.tools.jcmd.JCmd",
        "java.base/sun.security.tools.keytool.Main -list",
        "jdk.jartool/sun.tools.jar.Main cf a.jar ."
      })
  void toolsOfTheJdkAreRecognised(String command) {
    assertThat(HeadgateAgent.jdkTool(command)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.Main",
        "app/service.jar --port 80",
        "jdk.app/service.jar",
        "com.acme.app/com.acme.Main",
        "jdk.compiler/com.sun.tools.javac.launcher.Main App.java",
        "/opt/jdk.compiler/com.sun.jar",
        ""
      })
  void applicationsAreNotTools(String command) {
    assertThat(HeadgateAgent.jdkTool(command)).isFalse();
  }

  @Test
  void anUnknownCommandIsNoTool() {
    assertThat(HeadgateAgent.jdkTool(null)).isFalse();
  }

  @Test
  void otherClassesPassTheGateUntouched() {
    TypeGate gate = new TypeGate(null, null, null);
    assertThat(gate.transform(null, null, "com/acme/Main", null, null, new byte[0])).isNull();
    assertThat(gate.transform(null, null, null, null, null, new byte[0])).isNull();
  }
}
