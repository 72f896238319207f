// SPDX-License-Identifier: Apache-2.0
package io.headgate.it;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/**
 * Jars by their Maven coordinates, with all that Maven would add: versions of a library other than
 * the one this module is compiled against. Resolved as the surrounding build does it, with its
 * settings files, local repository and {@code --offline}, which the pom hands over as system
 * properties; and once only, the answer is kept below {@code target/clients}.
 */
public final class MavenJars {

  private static final Path KEPT =
      Path.of(System.getProperty("headgate.it.clients", "target/clients"));

  private MavenJars() {}

  /**
   * The jars for these coordinates.
   *
   * @param name of the file that keeps the answer
   * @param coordinates {@code group:artifact:version}
   * @param excluded {@code group:artifact} of what is not to come along
   * @throws IllegalStateException if one is not to be had
   */
  public static synchronized List<Path> of(
      String name, List<String> coordinates, List<String> excluded) {
    if (coordinates.isEmpty()) {
      return List.of();
    }
    Path file = KEPT.resolve(name + ".jars");
    String asked = "# " + String.join(" ", coordinates) + " without " + String.join(" ", excluded);
    try {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        List<Path> jars = lines.stream().skip(1).map(Path::of).toList();
        if (lines.get(0).equals(asked) && jars.stream().allMatch(Files::exists)) {
          return jars;
        }
      }
      List<Path> jars = resolve(coordinates, excluded);
      Files.createDirectories(KEPT);
      // Another JVM with tests may read it: never half of it.
      Path written = Files.createTempFile(KEPT, name, ".tmp");
      Files.write(
          written,
          Stream.concat(Stream.of(asked), jars.stream().map(Path::toString)).toList(),
          StandardCharsets.UTF_8);
      Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
      return jars;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> resolve(List<String> coordinates, List<String> excluded) {
    List<Exclusion> exclusions =
        excluded.stream()
            .map(name -> name.split(":"))
            .map(parts -> new Exclusion(parts[0], parts[1], "*", "*"))
            .toList();
    try (Context maven = Runtimes.INSTANCE.getRuntime().create(settings())) {
      CollectRequest roots = new CollectRequest();
      roots.setRepositories(maven.remoteRepositories());
      for (String one : coordinates) {
        roots.addDependency(
            new Dependency(new DefaultArtifact(one), JavaScopes.RUNTIME, false, exclusions));
      }
      return maven
          .repositorySystem()
          .resolveDependencies(
              maven.repositorySystemSession(),
              new DependencyRequest(
                  roots, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME)))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .filter(artifact -> artifact.getExtension().equals("jar"))
          .map(artifact -> artifact.getFile().toPath())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new IllegalStateException("cannot resolve " + coordinates, e);
    }
  }

  private static ContextOverrides settings() {
    ContextOverrides.Builder builder = ContextOverrides.create().withUserSettings(true);
    String prefix = "headgate.it.maven.";
    if (System.getProperty(prefix + "network", "").equals("offline:true")) {
      builder.offline(true);
    }
    Path repository = existing(prefix + "repository");
    if (repository != null) {
      builder.withLocalRepositoryOverride(repository);
    }
    Path user = existing(prefix + "settings");
    if (user != null) {
      builder.withUserSettingsXmlOverride(user);
    }
    Path global = existing(prefix + "global-settings");
    if (global != null) {
      builder.withGlobalSettingsXmlOverride(global);
    }
    return builder.build();
  }

  /** A file or folder that the build told of; null if it did not, or there is none. */
  private static Path existing(String property) {
    String value = System.getProperty(property, "");
    return value.isEmpty() || !Files.exists(Path.of(value)) ? null : Path.of(value);
  }
}
