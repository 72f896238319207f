// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Cost;
import io.headgate.chat.Usage;
import io.headgate.config.PriceSetting;
import io.headgate.config.ProviderSettings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceCatalogTest {

  private static final LocalDate DAY = LocalDate.of(2026, 8, 22);
  private static final Usage THOUSAND_AND_FIVE_HUNDRED =
      Usage.builder().input(1000).output(500).build();

  private final PriceCatalog catalog = new PriceCatalog(List.of(), Map.of());

  @Test
  void pricesAPlainCall() {
    Cost cost = known(query("openai", "gpt-4o-mini", THOUSAND_AND_FIVE_HUNDRED), DAY);
    assertThat(cost.total()).isEqualTo(450_000);
    assertThat(cost.input()).isEqualTo(150_000);
    assertThat(cost.output()).isEqualTo(300_000);
    assertThat(cost.source()).isEqualTo(Cost.Source.LOCAL);
    assertThat(cost.priceDate()).isEqualTo("2026-08-22");
  }

  @Test
  void knowsTheModelsThatHaveAPrice() {
    assertThat(catalog.knows("openai", "gpt-4o-mini")).isTrue();
    assertThat(catalog.knows("openai", "foo-1")).isFalse();
    assertThat(catalog.knows("openai", "gpt-4o-mini".repeat(100))).isFalse();
    assertThat(catalog.knows("anthropic", "gpt-4o-mini")).isFalse();
    assertThat(catalog.remembered()).isZero();
  }

  @Test
  void pricesTheProvidersCache() {
    Usage usage =
        Usage.builder()
            .input(10_000)
            .cacheRead(6000)
            .cacheWrite(2000)
            .cacheWriteHour(1000)
            .output(100)
            .build();
    Cost cost = known(query("anthropic", "claude-sonnet-4-5", usage), DAY);
    assertThat(cost.input()).isEqualTo(3_000_000);
    assertThat(cost.cacheRead()).isEqualTo(1_800_000);
    assertThat(cost.cacheWrite()).isEqualTo(7_500_000 + 6_000_000);
    assertThat(cost.output()).isEqualTo(1_500_000);
  }

  @Test
  void aLargePromptRaisesThePriceOfTheWholeRequest() {
    Usage small = Usage.builder().input(200_000).output(1000).build();
    Usage large = Usage.builder().input(200_001).output(1000).build();
    assertThat(known(query("gemini", "gemini-2.5-pro", small), DAY).total())
        .isEqualTo(200_000 * 1250L + 1000 * 10_000L);
    assertThat(known(query("gemini", "gemini-2.5-pro", large), DAY).total())
        .isEqualTo(200_001 * 2500L + 1000 * 15_000L);
  }

  @Test
  void anAnnouncedPriceHoldsFromItsDay() {
    PriceQuery query = query("anthropic", "claude-sonnet-5", THOUSAND_AND_FIVE_HUNDRED);
    assertThat(known(query, LocalDate.of(2026, 8, 31)).total()).isEqualTo(2_000_000 + 5_000_000);
    assertThat(known(query, LocalDate.of(2026, 9, 1)).total()).isEqualTo(3_000_000 + 7_500_000);
    assertThat(known(query, LocalDate.of(2026, 8, 31)).total()).isEqualTo(7_000_000);
  }

  @Test
  void aPastPriceHoldsBeforeItsDay() {
    PriceQuery query = query("openai", "gpt-5.6-luna", THOUSAND_AND_FIVE_HUNDRED);
    assertThat(known(query, LocalDate.of(2026, 7, 29)).total()).isEqualTo(1_000_000 + 3_000_000);
    assertThat(known(query, LocalDate.of(2026, 7, 30)).total()).isEqualTo(200_000 + 600_000);
  }

  @Test
  void batchesHaveTheirOwnPrices() {
    PriceQuery query =
        new PriceQuery(
            "openai", "gpt-4o-mini", null, THOUSAND_AND_FIVE_HUNDRED, null, true, Usage.UNKNOWN);
    assertThat(known(query, DAY).total()).isEqualTo(75_000 + 150_000);
  }

  @Test
  void batchesAtTheProvidersFactorWhenTheModelHasNoOwn() {
    Usage usage = Usage.builder().input(1000).output(0).build();
    PriceQuery query =
        new PriceQuery("groq", "llama-3.1-8b-instant", null, usage, null, true, Usage.UNKNOWN);
    PriceQuery single = query("groq", "llama-3.1-8b-instant", usage);
    assertThat(known(query, DAY).total() * 2).isEqualTo(known(single, DAY).total());
    assertThat(known(query, DAY).source()).isEqualTo(Cost.Source.LOCAL);
  }

  @Test
  void theTierThatServedTheCallDecides() {
    assertThat(known(tier("openai", "gpt-4o-mini", "priority"), DAY).total())
        .isEqualTo(250_000 + 500_000);
    assertThat(known(tier("openai", "gpt-4o-mini", "default"), DAY).total()).isEqualTo(450_000);
    assertThat(known(tier("openai", "o3", "flex"), DAY).total()).isEqualTo(1_000_000 + 2_000_000);
    assertThat(known(tier("anthropic", "claude-opus-4-6", "fast"), DAY).total())
        .isEqualTo(30_000_000 + 75_000_000);
    assertThat(known(tier("openai", "gpt-4o-mini", "flex"), DAY).source())
        .isEqualTo(Cost.Source.ESTIMATED);
    assertThat(known(tier("openai", "gpt-4o-mini", "scale"), DAY).source())
        .isEqualTo(Cost.Source.ESTIMATED);
  }

  @Test
  void audioHasItsOwnPrice() {
    Usage usage = Usage.builder().input(1000).audioInput(400).output(200).audioOutput(150).build();
    Cost cost = known(query("openai", "gpt-4o-audio-preview", usage), DAY);
    assertThat(cost.input()).isEqualTo(600 * 2500L + 400 * 100_000L);
    assertThat(cost.output()).isEqualTo(50 * 10_000L + 150 * 200_000L);
  }

  @Test
  void embeddingsHaveNoOutput() {
    Usage usage = Usage.builder().input(1000).build();
    assertThat(known(query("openai", "text-embedding-3-small", usage), DAY).total())
        .isEqualTo(20_000);
  }

  @Test
  void piecesArePricedToo() {
    Usage search = Usage.builder().unit(Usage.Unit.SEARCH_UNIT, 1).build();
    assertThat(known(query("cohere", "rerank-v3.5", search), DAY).total()).isEqualTo(2_000_000);
    Usage speech = Usage.builder().unit(Usage.Unit.CHARACTER, 1000).build();
    assertThat(known(query("openai", "tts-1", speech), DAY).total()).isEqualTo(15_000_000);
    Usage audio = Usage.builder().unit(Usage.Unit.SECOND, 60).build();
    assertThat(known(query("openai", "whisper-1", audio), DAY).total()).isEqualTo(6_000_000);
    Usage image = Usage.builder().unit(Usage.Unit.IMAGE, 1).build();
    Cost cost = known(query("openai", "dall-e-3", image), DAY);
    assertThat(cost.total()).isEqualTo(40_000_000);
    assertThat(cost.source()).isEqualTo(Cost.Source.ESTIMATED);
  }

  @Test
  void theProvidersOwnFigureWins() {
    PriceCatalog configured = new PriceCatalog(List.of(price("*", "1", "1")), Map.of());
    PriceQuery query =
        new PriceQuery(
            "openrouter", "openai/gpt-4o", null, THOUSAND_AND_FIVE_HUNDRED, null, false, 123);
    assertThat(configured.cost(query, DAY))
        .isEqualTo(new Cost(123, 0, 0, 0, 0, 0, Cost.Source.PROVIDER, ""));
  }

  @Test
  void anUnknownPriceIsNoPrice() {
    assertThat(catalog.cost(query("openai", "zebra", THOUSAND_AND_FIVE_HUNDRED), DAY)).isNull();
    assertThat(catalog.cost(query("ollama", "llama3.1", THOUSAND_AND_FIVE_HUNDRED), DAY)).isNull();
    assertThat(catalog.cost(query("nobody", "gpt-4o", THOUSAND_AND_FIVE_HUNDRED), DAY)).isNull();
    assertThat(catalog.cost(query("openai", null, THOUSAND_AND_FIVE_HUNDRED), DAY)).isNull();
    assertThat(catalog.cost(query("openai", "gpt-4o", Usage.builder().build()), DAY)).isNull();
    assertThat(catalog.cost(query("openai", "g".repeat(600), THOUSAND_AND_FIVE_HUNDRED), DAY))
        .isNull();
  }

  @Test
  void configuredPricesBeatTheLists() {
    PriceCatalog configured =
        new PriceCatalog(
            List.of(
                price("openai/*", "1", "1"),
                price("openai/gpt-*", "2", "2"),
                price("openai/GPT-4o", "3", "3"),
                price("openai/gpt-4*", "4", "4")),
            Map.of());
    assertThat(total(configured, "openai", "gpt-4o")).isEqualTo(1500 * 3000);
    assertThat(total(configured, "openai", "gpt-4o-mini")).isEqualTo(1500 * 4000);
    assertThat(total(configured, "openai", "gpt-5")).isEqualTo(1500 * 2000);
    assertThat(total(configured, "openai", "zebra")).isEqualTo(1500 * 1000);
    assertThat(total(configured, "groq", "llama-3.1-8b-instant")).isEqualTo(50_000 + 40_000);
  }

  @Test
  void aConfiguredPriceMayNameTheDeployment() {
    PriceCatalog configured =
        new PriceCatalog(List.of(price("azure/my-deployment", "7", "7")), Map.of());
    PriceQuery query =
        new PriceQuery(
            "azure",
            "my-deployment",
            "gpt-4o-2024-08-06",
            THOUSAND_AND_FIVE_HUNDRED,
            null,
            false,
            Usage.UNKNOWN);
    Cost cost = configured.cost(query, DAY);
    assertThat(cost).isNotNull();
    assertThat(cost.total()).isEqualTo(1500 * 7000);
    assertThat(cost.priceDate()).isEmpty();
  }

  @Test
  void aDeploymentCostsWhatTheModelBehindItDoes() {
    ProviderSettings azure =
        new ProviderSettings(
            null,
            null,
            null,
            Map.of(),
            List.of(),
            false,
            List.of(),
            ProviderSettings.Platform.NONE,
            Map.of("chat", "gpt-4o", "ours", "house-model", "moved", "house-model"));
    PriceCatalog configured =
        new PriceCatalog(List.of(price("azure/house-model", "7", "7")), Map.of("azure", azure));
    long known = total(configured, "azure", "gpt-4o");
    assertThat(known).isPositive();
    assertThat(total(configured, "azure", "chat")).isEqualTo(known);
    assertThat(total(configured, "azure", "ours")).isEqualTo(1500 * 7000);
    // The answer knows better, also than what is configured for the model.
    for (String deployment : List.of("chat", "moved")) {
      PriceQuery answered =
          new PriceQuery(
              "azure",
              deployment,
              "gpt-4o-mini-2024-07-18",
              THOUSAND_AND_FIVE_HUNDRED,
              null,
              false,
              Usage.UNKNOWN);
      Cost cost = configured.cost(answered, DAY);
      assertThat(cost).isNotNull();
      assertThat(cost.total())
          .isEqualTo(total(configured, "azure", "gpt-4o-mini"))
          .isLessThan(known);
    }
    assertThat(catalog.cost(query("azure", "chat", THOUSAND_AND_FIVE_HUNDRED), DAY)).isNull();
  }

  @Test
  void cachedTokensCostWhatInputDoesUnlessConfigured() {
    PriceSetting setting =
        new PriceSetting(
            "vllm/*", new BigDecimal("2"), new BigDecimal("0.5"), null, new BigDecimal("4"));
    PriceCatalog configured = new PriceCatalog(List.of(setting), Map.of());
    Usage usage = Usage.builder().input(100).cacheRead(40).cacheWrite(10).output(1).build();
    Cost cost = configured.cost(query("vllm", "m", usage), DAY);
    assertThat(cost).isNotNull();
    assertThat(cost.cacheRead()).isEqualTo(40 * 500);
    assertThat(cost.cacheWrite()).isEqualTo(10 * 2000);
    assertThat(cost.input()).isEqualTo(50 * 2000);
  }

  @Test
  void aFreeServerCostsNothing() {
    ProviderSettings free = new ProviderSettings(null, null, null, Map.of(), List.of(), true);
    PriceCatalog configured = new PriceCatalog(List.of(), Map.of("vllm", free, "openai", free));
    Cost cost = configured.cost(query("vllm", "anything", THOUSAND_AND_FIVE_HUNDRED), DAY);
    assertThat(cost).isEqualTo(new Cost(0, 0, 0, 0, 0, 0, Cost.Source.LOCAL, ""));
    assertThat(total(configured, "openai", "gpt-4o")).isZero();
  }

  @Test
  void manyModelsDoNotPileUp() {
    for (int i = 0; i < 5000; i++) {
      assertThat(catalog.cost(query("openai", "zebra" + i, THOUSAND_AND_FIVE_HUNDRED), DAY))
          .isNull();
    }
    assertThat(catalog.remembered()).isLessThanOrEqualTo(1024);
    assertThat(total(catalog, "openai", "gpt-4o-mini")).isEqualTo(450_000);
  }

  private Cost known(PriceQuery query, LocalDate day) {
    Cost cost = catalog.cost(query, day);
    assertThat(cost).as(query.toString()).isNotNull();
    return cost;
  }

  private static long total(PriceCatalog catalog, String provider, String model) {
    Cost cost = catalog.cost(query(provider, model, THOUSAND_AND_FIVE_HUNDRED), DAY);
    assertThat(cost).as(model).isNotNull();
    return cost.total();
  }

  private static PriceQuery query(String provider, @Nullable String model, Usage usage) {
    return new PriceQuery(provider, model, null, usage, null, false, Usage.UNKNOWN);
  }

  private static PriceQuery tier(String provider, String model, String tier) {
    return new PriceQuery(
        provider, model, null, THOUSAND_AND_FIVE_HUNDRED, tier, false, Usage.UNKNOWN);
  }

  private static PriceSetting price(String pattern, String input, String output) {
    return new PriceSetting(pattern, new BigDecimal(input), null, null, new BigDecimal(output));
  }

  @Test
  void whatCloudflarePassesOnIsBilledByTheVendor() {
    PriceQuery passedOn =
        new PriceQuery(
            "cloudflare",
            "gpt-4o-mini",
            null,
            THOUSAND_AND_FIVE_HUNDRED,
            null,
            false,
            Usage.UNKNOWN,
            "openai",
            null);
    assertThat(known(passedOn, DAY).total()).isEqualTo(450_000);
    assertThat(known(passedOn, DAY).source()).isEqualTo(Cost.Source.LOCAL);
    assertThat(catalog.cost(query("cloudflare", "gpt-4o-mini", THOUSAND_AND_FIVE_HUNDRED), DAY))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "gcp.gemini,gemini-2.5-pro,gemini",
    "gcp.vertex_ai,gemini-2.5-pro,vertex",
    "aws.bedrock,anthropic.claude-sonnet-4-5-20250929-v1:0,bedrock",
    "azure.ai.openai,gpt-4o,azure",
    "mistral_ai,mistral-large-latest,mistral",
    "x_ai,grok-4,xai",
    "cloudflare,@cf/meta/llama-3.1-8b-instruct,workers-ai"
  })
  void vendorsBehindCloudflareHaveOtherNames(String telemetryName, String model, String provider) {
    PriceQuery passedOn =
        new PriceQuery(
            "cloudflare",
            model,
            null,
            THOUSAND_AND_FIVE_HUNDRED,
            null,
            false,
            Usage.UNKNOWN,
            telemetryName,
            null);
    assertThat(known(passedOn, DAY).total()).isEqualTo(total(catalog, provider, model));
  }

  @Test
  void ownPricesForTheGatewayBeatThoseOfTheVendor() {
    PriceCatalog configured =
        new PriceCatalog(
            List.of(price("cloudflare/gpt-4o-mini", "1", "2"), price("openai/*", "3", "4")),
            Map.of());
    PriceQuery mini = behindCloudflare("gpt-4o-mini");
    PriceQuery other = behindCloudflare("gpt-4o");
    assertThat(configured.cost(mini, DAY)).extracting(Cost::total).isEqualTo(2_000_000L);
    assertThat(configured.cost(other, DAY)).extracting(Cost::total).isEqualTo(5_000_000L);
  }

  private static PriceQuery behindCloudflare(String model) {
    return new PriceQuery(
        "cloudflare",
        model,
        null,
        THOUSAND_AND_FIVE_HUNDRED,
        null,
        false,
        Usage.UNKNOWN,
        "openai",
        null);
  }

  @Test
  void aRegionsOwnPriceHoldsThere() {
    assertThat(known(inRegion("ap-northeast-1"), DAY).total()).isEqualTo(1000 * 740L + 500 * 2220L);
    long everywhere = known(inRegion(null), DAY).total();
    assertThat(everywhere).isNotEqualTo(known(inRegion("ap-northeast-1"), DAY).total());
    assertThat(known(inRegion("zz-nowhere-1"), DAY).total()).isEqualTo(everywhere);
  }

  private static PriceQuery inRegion(@Nullable String region) {
    return new PriceQuery(
        "bedrock",
        "deepseek.v3.2",
        null,
        THOUSAND_AND_FIVE_HUNDRED,
        null,
        false,
        Usage.UNKNOWN,
        "aws.bedrock",
        region);
  }

  @Test
  void fastClaudeHasItsPrice() {
    assertThat(known(tier("anthropic", "claude-opus-4-6", "fast"), DAY).total())
        .isEqualTo(30_000_000 + 75_000_000);
  }

  @Test
  void vertexPriorityHasItsPrice() {
    assertThat(known(tier("vertex", "gemini-2.5-flash", "ON_DEMAND_PRIORITY"), DAY).total())
        .isEqualTo(540_000 + 2_250_000);
  }

  @Test
  void speechBilledByTokensIsGuessedFromItsCharacters() {
    Usage spoken = Usage.builder().unit(Usage.Unit.CHARACTER, 900).build();
    Cost cost = known(query("openai", "gpt-4o-mini-tts", spoken), DAY);
    assertThat(cost.input()).isEqualTo(225 * 600L);
    assertThat(cost.output()).isEqualTo(15_000_000);
    assertThat(cost.source()).isEqualTo(Cost.Source.ESTIMATED);
    Cost byCharacters = known(query("openai", "tts-1", spoken), DAY);
    assertThat(byCharacters.total()).isEqualTo(13_500_000);
    assertThat(byCharacters.source()).isEqualTo(Cost.Source.LOCAL);
  }

  @Test
  void aHostedToolMakesTheCostAnEstimate() {
    Usage usage = Usage.builder().input(1000).output(500).unit(Usage.Unit.HOSTED_TOOL, 1).build();
    Cost cost = known(query("openai", "gpt-4o-mini", usage), DAY);
    assertThat(cost.total()).isEqualTo(450_000);
    assertThat(cost.source()).isEqualTo(Cost.Source.ESTIMATED);
  }
}
