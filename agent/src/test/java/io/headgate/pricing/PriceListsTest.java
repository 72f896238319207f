// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What must hold for every line of every list, so that a slip in a refresh does not get far. */
class PriceListsTest {

  private static final int PROVIDERS = 56;

  @Test
  void everyFileHasAHeadWithADate() throws Exception {
    for (Path file : files()) {
      List<String> lines = Files.readAllLines(file);
      assertThat(lines.get(0)).as(file.toString()).startsWith("# ");
      assertThat(lines).as(file.toString()).anyMatch(line -> line.startsWith("# as-of "));
      PriceList list = new PriceLists().of(providerOf(file));
      assertThat(list).isNotNull();
      assertThat(LocalDate.parse(list.date())).isAfter("2026-01-01");
      assertThat(list.batchMillionths()).isBetween(0L, 1_000_000L);
    }
  }

  @Test
  void modelsAreSortedAndInLowerCase() throws Exception {
    for (Path file : files()) {
      List<String> names =
          Files.readAllLines(file).stream()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.substring(0, line.indexOf('\t')))
              .toList();
      assertThat(names).as(file.toString()).isSortedAccordingTo(Comparator.naturalOrder());
      assertThat(names).allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)));
    }
  }

  @Test
  void noNameStandsTwiceInAList() throws Exception {
    for (Path file : files()) {
      Set<String> names = new HashSet<>();
      for (String line : Files.readAllLines(file)) {
        if (!line.startsWith("#")) {
          for (String name : namesOf(line)) {
            assertThat(names.add(name)).as("%s in %s", name, file).isTrue();
          }
        }
      }
    }
  }

  @Test
  void everyLineCanBeRead() throws Exception {
    int[] lines = new int[1];
    eachLine(
        (name, price) -> {
          lines[0]++;
          for (Variant variant : Variant.values()) {
            Tariff tariff = price.tariff(variant, LocalDate.of(2026, 8, 22), 500_000, "");
            assertThat(tariff.steps()).as(name).hasSize(1 + price.tiers().size());
          }
        });
    assertThat(lines[0]).isGreaterThan(4000);
  }

  @Test
  void noPriceIsNegative() throws Exception {
    for (Path file : files()) {
      for (String line : Files.readAllLines(file)) {
        if (!line.startsWith("#")) {
          for (String column : line.substring(line.indexOf('\t')).split("\t", -1)) {
            if (!column.startsWith("also ")) {
              assertThat(column).as(line).doesNotContainPattern(" -\\d");
            }
          }
        }
      }
    }
  }

  @Test
  void cachedInputIsNeverDearerThanInput() throws Exception {
    eachLine(
        (name, price) -> {
          List<Rates> all = new ArrayList<>(price.variants().values());
          all.add(price.base());
          price.tiers().forEach(tier -> all.add(tier.rates()));
          price.changes().forEach(change -> all.add(change.rates()));
          for (Rates rates : all) {
            if (rates.of(Rate.CACHE_READ) != Rates.NONE) {
              assertThat(rates.of(Rate.CACHE_READ))
                  .as(name)
                  .isLessThanOrEqualTo(rates.of(Rate.INPUT));
            }
          }
        });
  }

  @Test
  void batchesAreNeverDearerThanSingleCalls() throws Exception {
    eachLine(
        (name, price) -> {
          Rates batch = price.variants().get(Variant.BATCH);
          if (batch != null) {
            assertThat(batch.of(Rate.INPUT))
                .as(name)
                .isLessThanOrEqualTo(price.base().of(Rate.INPUT));
          }
        });
  }

  @Test
  void tiersAscend() throws Exception {
    eachLine(
        (name, price) ->
            assertThat(price.tiers().stream().map(Price.Tier::over).toList())
                .as(name)
                .isSorted()
                .doesNotHaveDuplicates());
  }

  @Test
  void aListIsReadOnceAndUnknownProvidersHaveNone() {
    PriceLists lists = new PriceLists();
    assertThat(lists.of("openai")).isNotNull().isSameAs(lists.of("openai"));
    assertThat(lists.of("ollama")).isNull();
    assertThat(lists.of("vllm")).isNull();
    assertThat(lists.of("../pricing/openai")).isNull();
    assertThat(lists.of("Openai")).isNull();
  }

  private static List<String> namesOf(String line) {
    List<String> names = new ArrayList<>();
    String[] columns = line.split("\t", -1);
    names.add(columns[0]);
    for (String column : columns) {
      if (column.startsWith("also ")) {
        names.addAll(List.of(column.substring("also ".length()).split(" ", -1)));
      }
    }
    return names;
  }

  private static void eachLine(BiConsumer<String, Price> check) throws Exception {
    PriceLists lists = new PriceLists();
    for (Path file : files()) {
      PriceList list = lists.of(providerOf(file));
      assertThat(list).isNotNull();
      for (Map.Entry<String, String> entry : new TreeMap<>(list.lines()).entrySet()) {
        check.accept(providerOf(file) + "/" + entry.getKey(), PriceLine.parse(entry.getValue()));
      }
    }
  }

  private static List<Path> files() throws Exception {
    var openai = PriceList.class.getResource("openai.tsv");
    assertThat(openai).isNotNull();
    try (var entries = Files.list(Path.of(openai.toURI()).getParent())) {
      List<Path> files = entries.filter(path -> path.toString().endsWith(".tsv")).sorted().toList();
      assertThat(files).hasSize(PROVIDERS);
      return files;
    }
  }

  private static String providerOf(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ".tsv".length());
  }
}
