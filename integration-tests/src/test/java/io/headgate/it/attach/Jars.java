// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.tools.ToolProvider;

/** Makes the class files and jars that the forked JVMs run. */
final class Jars {

  private Jars() {}

  /** The jars of a client that is on no class path here. */
  static List<Path> client(String name) throws IOException {
    Path dir = Path.of(System.getProperty("headgate.it.clients", "target/clients"), name);
    try (Stream<Path> jars = Files.list(dir.toAbsolutePath())) {
      return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** Compiles files, given as name and text in turn. */
  static void compile(Path out, String... files) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", out.toString()));
    for (int i = 0; i < files.length; i += 2) {
      Path source = out.resolveSibling(out.getFileName() + "-src").resolve(files[i]);
      Files.createDirectories(source.getParent());
      arguments.add(Files.writeString(source, files[i + 1]).toString());
    }
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    if (exit != 0) {
      throw new IllegalStateException("javac ended with " + exit);
    }
  }

  /** A jar of a class and the classes nested in it. */
  static Path jar(Path file, Class<?> type) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      addClasses(jar, "", type);
    }
    return file;
  }

  /** An executable jar as the Spring Boot plug-in lays it out. */
  static Path springBoot(Path file, Class<?> main, List<Path> libraries) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(
        Attributes.Name.MAIN_CLASS, "org.springframework.boot.loader.launch.JarLauncher");
    attributes.putValue("Start-Class", main.getName());
    attributes.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
    attributes.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      try (JarFile loader = new JarFile(client("spring-boot-loader").get(0).toFile())) {
        for (JarEntry entry : (Iterable<JarEntry>) loader.stream()::iterator) {
          if (entry.getName().startsWith("org/") && !entry.isDirectory()) {
            add(jar, entry.getName(), loader.getInputStream(entry).readAllBytes(), false);
          }
        }
      }
      jar.putNextEntry(new JarEntry("BOOT-INF/"));
      jar.putNextEntry(new JarEntry("BOOT-INF/classes/"));
      addClasses(jar, "BOOT-INF/classes/", main);
      jar.putNextEntry(new JarEntry("BOOT-INF/lib/"));
      for (Path library : libraries) {
        add(jar, "BOOT-INF/lib/" + library.getFileName(), Files.readAllBytes(library), true);
      }
    }
    return file;
  }

  private static void addClasses(JarOutputStream jar, String prefix, Class<?> type)
      throws IOException {
    List<Class<?>> types = new ArrayList<>(List.of(type.getDeclaredClasses()));
    types.add(type);
    for (Class<?> each : types) {
      String name = each.getName().replace('.', '/') + ".class";
      try (InputStream in = each.getClassLoader().getResourceAsStream(name)) {
        add(jar, prefix + name, in.readAllBytes(), false);
      }
    }
  }

  static void add(JarOutputStream jar, String name, byte[] bytes, boolean stored)
      throws IOException {
    JarEntry entry = new JarEntry(name);
    if (stored) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setMethod(JarEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(crc.getValue());
    }
    jar.putNextEntry(entry);
    jar.write(bytes);
    jar.closeEntry();
  }
}
