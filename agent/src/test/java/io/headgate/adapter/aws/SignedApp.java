// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SelectedAuthScheme;
import software.amazon.awssdk.core.http.ExecutionContext;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkInternalExecutionAttribute;
import software.amazon.awssdk.core.internal.http.RequestExecutionContext;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Does what the SDK does between an operation and its HTTP client: builds requests and signs. */
final class SignedApp {

  static final String SECRET = "wJalr/dummy/secret";

  private static final AwsCredentialsIdentity IDENTITY =
      AwsCredentialsIdentity.create("AKIDDUMMY", SECRET);

  private static final AuthSchemeOption OPTION =
      AuthSchemeOption.builder()
          .schemeId("aws.auth#sigv4")
          .putSignerProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "bedrock")
          .putSignerProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
          .build();

  private SignedApp() {}

  /** The SDK's record of a run that signs with these credentials. */
  static RequestExecutionContext run() {
    ExecutionAttributes attributes = new ExecutionAttributes();
    attributes.putAttribute(
        SdkInternalExecutionAttribute.SELECTED_AUTH_SCHEME,
        new SelectedAuthScheme<>(
            CompletableFuture.completedFuture(IDENTITY), AwsV4HttpSigner.create(), OPTION));
    return RequestExecutionContext.builder()
        .originalRequest(new Operation())
        .executionContext(ExecutionContext.builder().executionAttributes(attributes).build())
        .build();
  }

  static SdkHttpFullRequest unsigned(URI uri, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return SdkHttpFullRequest.builder()
        .method(SdkHttpMethod.POST)
        .uri(uri)
        .putHeader("Content-Type", "application/json")
        .putHeader("Content-Length", Integer.toString(bytes.length))
        .putHeader("x-app", "1")
        .contentStreamProvider(() -> new ByteArrayInputStream(bytes))
        .build();
  }

  static SdkHttpRequest signed(SdkHttpFullRequest request) {
    SignRequest.Builder<AwsCredentialsIdentity> builder =
        SignRequest.builder(IDENTITY)
            .request(request)
            .payload(request.contentStreamProvider().orElseThrow());
    OPTION.forEachSignerProperty(builder::putProperty);
    return AwsV4HttpSigner.create().sign(builder.build()).request();
  }

  /** Signed, and seen to be signed if there is a run. */
  static HttpExecuteRequest request(URI uri, String body, RequestExecutionContext run) {
    SdkHttpFullRequest unsigned = unsigned(uri, body);
    SdkHttpRequest signed = signed(unsigned);
    if (run != null) {
      SigningAdvice.exit(unsigned, run, signed);
    }
    ContentStreamProvider content = unsigned.contentStreamProvider().orElseThrow();
    // The SDK hands on a copy.
    return HttpExecuteRequest.builder()
        .request(signed.toBuilder().build())
        .contentStreamProvider(content)
        .build();
  }

  static String check(StandInHost.Arrived arrived) {
    return SigV4.check(
        SECRET,
        arrived.method(),
        arrived.uri(),
        name -> arrived.fields().getOrDefault(name, List.of()),
        arrived.body());
  }

  /** Of no interest to anybody. */
  private static final class Operation extends SdkRequest {
    @Override
    public Optional<? extends RequestOverrideConfiguration> overrideConfiguration() {
      return Optional.empty();
    }

    @Override
    public Builder toBuilder() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<SdkField<?>> sdkFields() {
      return List.of();
    }
  }
}
