// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client library of the future, in which something we link against has another name: made of the
 * newest one by renaming it throughout. The app's calls go on as if we were not there.
 */
class NewerClientIT {

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "okhttp3/HttpUrl.defaultPort", // asked of every call
        "okhttp3/RequestBody.isDuplex", // in the interceptor, before the call goes out
        "okhttp3/OkHttpClient.newBuilder", // in mid-call, when it is to be sent elsewhere
        "okhttp3/internal/connection/RealCall.getResponseWithInterceptorChain$okhttp", // woven
        "okhttp3/OkHttpClient.interceptors", // woven
      })
  void callsGoOnWithoutUs(String renamed) throws Exception {
    try (Hosts hosts = new Hosts()) {
      assertDisabled(renamed, hosts, hosts.redirectIn(dir));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "okhttp3/Response.newBuilder", // when the answer is there already
        "okio/ForwardingSource.", // a superclass of ours, met then
      })
  void answersThatCannotBeLookedAtAreDelivered(String renamed) throws Exception {
    try (Hosts hosts = new Hosts()) {
      assertDisabled(renamed, hosts, Hosts.observeIn(dir));
    }
  }

  private void assertDisabled(String renamed, Hosts hosts, Path config) throws Exception {
    String url = hosts.url();

    ForkedJvm.Result result =
        ForkedJvm.java()
            .agent("config=" + config)
            .classPath(classPath(renamed))
            .main(Probe.class, "okhttp=" + url, "okhttp=" + url, "okhttp=" + url)
            .run()
            .orThrow();

    assertThat(result.out().lines()).containsExactly("okhttp 200", "okhttp 200", "okhttp 200");
    assertThat(result.err().lines().toList())
        .singleElement()
        .asString()
        .startsWith("headgate: ")
        .contains("okhttp", " is switched off here: ");
    hosts.assertUntouched(3);
  }

  private String classPath(String renamed) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path jar : Jars.client("okhttp-5")) {
      jars.add(jar.toString().contains("kotlin") ? jar : rename(jar, renamed));
    }
    jars.add(Jars.jar(dir.resolve("probe.jar"), Probe.class));
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private Path rename(Path jar, String renamed) throws IOException {
    int dot = renamed.indexOf('.');
    Remapper remapper = new Rename(renamed.substring(0, dot), renamed.substring(dot + 1));
    Path out = dir.resolve(jar.getFileName());
    try (JarFile in = new JarFile(jar.toFile());
        JarOutputStream to = new JarOutputStream(Files.newOutputStream(out))) {
      for (JarEntry entry : (Iterable<JarEntry>) in.stream()::iterator) {
        String name = entry.getName();
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
          ClassWriter writer = new ClassWriter(0);
          new ClassReader(bytes)
              .accept(new ClassRemapper(OpenedClassReader.ASM_API, writer, remapper) {}, 0);
          bytes = writer.toByteArray();
          name = remapper.map(name.substring(0, name.length() - 6)) + ".class";
        }
        if (!entry.isDirectory()) {
          Jars.add(to, name, bytes, false);
        }
      }
    }
    return out;
  }

  /** Renames one method, whatever its descriptor, or a class if the method's name is empty. */
  private static final class Rename extends Remapper {
    private final String type;
    private final String method;

    Rename(String type, String method) {
      super(OpenedClassReader.ASM_API);
      this.type = type;
      this.method = method;
    }

    @Override
    public String map(String internalName) {
      return method.isEmpty() && internalName.equals(type) ? type + "Renamed" : internalName;
    }

    @Override
    public String mapMethodName(String owner, String name, String descriptor) {
      return owner.equals(type) && name.equals(method) ? name + "Renamed" : name;
    }
  }
}
