// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Code of an app, in packages and a class loader of its own, compiled when a test runs. */
final class AppCode extends ClassLoader {

  private final Map<String, byte[]> classes = new HashMap<>();

  private AppCode(ClassLoader parent) {
    super(parent);
  }

  /** A loader that has these classes itself: name, source, name, source, … */
  static AppCode of(ClassLoader parent, String... namesAndSources) {
    AppCode loader = new AppCode(parent);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> sources = new ArrayList<>();
    for (int i = 0; i < namesAndSources.length; i += 2) {
      sources.add(new Source(namesAndSources[i], namesAndSources[i + 1]));
    }
    JavaFileManager standard = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    JavaFileManager memory = new Memory(standard, loader.classes);
    boolean done =
        compiler
            .getTask(null, memory, null, List.of("-proc:none", "-cp", classPath()), null, sources)
            .call();
    if (!done) {
      throw new AssertionError("the app's code does not compile");
    }
    return loader;
  }

  private static String classPath() {
    try {
      return Path.of(AppCode.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** What a static method of the app's returns. */
  Object call(String type, String method) {
    try {
      return loadClass(type).getMethod(method).invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("memory:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, byte[]> classes;

    Memory(JavaFileManager standard, Map<String, byte[]> classes) {
      super(standard);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(
          URI.create("memory:///" + name.replace('.', '/') + ".class"), kind) {
        @Override
        public ByteArrayOutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              classes.put(name, toByteArray());
            }
          };
        }
      };
    }
  }
}
