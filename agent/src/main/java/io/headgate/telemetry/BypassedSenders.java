// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's sender on threads of ours. On its own threads our exports would be metered themselves
 * as soon as the collector's host is configured as a provider's: one export would cause the next.
 */
final class BypassedSenders implements HttpSenderProvider {

  /** Exports wait for one another upstream of here, so this never fills. */
  private static final int QUEUE = 16;

  @Override
  public HttpSender createSender(HttpSenderConfig config) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            new AgentThreads("export"));
    executor.allowCoreThreadTimeOut(true);
    return new JdkHttpSenderProvider().createSender(new OnExecutor(config, executor));
  }

  /** A sender's settings with the executor replaced. */
  private record OnExecutor(HttpSenderConfig config, ExecutorService executor)
      implements HttpSenderConfig {

    @Override
    public ExecutorService getExecutorService() {
      return executor;
    }

    @Override
    public URI getEndpoint() {
      return config.getEndpoint();
    }

    @Override
    public String getContentType() {
      return config.getContentType();
    }

    @Override
    public @Nullable Compressor getCompressor() {
      return config.getCompressor();
    }

    @Override
    public Duration getTimeout() {
      return config.getTimeout();
    }

    @Override
    public Duration getConnectTimeout() {
      return config.getConnectTimeout();
    }

    @Override
    public Supplier<Map<String, List<String>>> getHeadersSupplier() {
      return config.getHeadersSupplier();
    }

    @Override
    public @Nullable ProxyOptions getProxyOptions() {
      return config.getProxyOptions();
    }

    @Override
    public @Nullable RetryPolicy getRetryPolicy() {
      return config.getRetryPolicy();
    }

    @Override
    public @Nullable SSLContext getSslContext() {
      return config.getSslContext();
    }

    @Override
    public @Nullable X509TrustManager getTrustManager() {
      return config.getTrustManager();
    }

    @Override
    public long getMaxResponseBodySize() {
      return config.getMaxResponseBodySize();
    }
  }
}
