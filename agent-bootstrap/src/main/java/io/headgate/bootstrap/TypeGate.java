// SPDX-License-Identifier: Apache-2.0
package io.headgate.bootstrap;

import java.io.File;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Set;

/**
 * Sees every class that is loaded and lets all pass but a handful of names: one hash look-up per
 * class. The first of those names loads the agent proper.
 */
public final class TypeGate implements ClassFileTransformer {

  /**
   * Internal names of the classes to instrument. A test holds this against the table in the agent;
   * it stands here so that the agent need not be loaded to know it.
   */
  private static final Set<String> NAMES =
      Set.of(
          "com/azure/core/http/jdk/httpclient/JdkHttpClient",
          "com/azure/core/http/netty/NettyAsyncHttpClient",
          "com/azure/core/http/okhttp/OkHttpAsyncHttpClient",
          "com/azure/core/http/vertx/VertxHttpClient",
          "io/vertx/core/http/impl/HttpClientImpl",
          "jdk/internal/net/http/HttpClientFacade",
          "okhttp3/OkHttpClient",
          "okhttp3/RealCall",
          "okhttp3/internal/connection/RealCall",
          "org/apache/hc/client5/http/impl/async/AsyncExecChainElement",
          "org/apache/hc/client5/http/impl/async/InternalAbstractHttpAsyncClient",
          "org/apache/hc/client5/http/impl/classic/InternalHttpClient",
          "org/apache/hc/client5/http/impl/classic/MinimalHttpClient",
          "org/apache/http/impl/client/AbstractHttpClient",
          "org/apache/http/impl/client/InternalHttpClient",
          "org/apache/http/impl/client/MinimalHttpClient",
          "org/apache/http/impl/nio/client/InternalHttpAsyncClient",
          "org/apache/http/impl/nio/client/MinimalHttpAsyncClient",
          "org/springframework/http/client/JettyClientHttpRequestFactory",
          "org/springframework/http/client/ReactorClientHttpRequestFactory",
          "org/springframework/http/client/ReactorNettyClientRequestFactory",
          "org/springframework/http/client/reactive/JettyClientHttpConnector",
          "org/springframework/http/client/reactive/ReactorClientHttpConnector",
          "software/amazon/awssdk/core/internal/http/pipeline/stages/AsyncSigningStage",
          "software/amazon/awssdk/core/internal/http/pipeline/stages/SigningStage",
          "software/amazon/awssdk/http/apache/ApacheHttpClient",
          "software/amazon/awssdk/http/apache5/Apache5HttpClient",
          "software/amazon/awssdk/http/crt/AwsCrtAsyncHttpClient",
          "software/amazon/awssdk/http/crt/AwsCrtHttpClient",
          "software/amazon/awssdk/http/nio/netty/NettyNioAsyncHttpClient",
          "software/amazon/awssdk/http/urlconnection/UrlConnectionHttpClient",
          "sun/net/www/protocol/http/Handler",
          "sun/net/www/protocol/https/Handler");

  private final Instrumentation instrumentation;
  private final String arguments;
  private final File jar;
  private ClassFileTransformer agent;
  private boolean failed;
  private boolean refusesToStart;

  TypeGate(Instrumentation instrumentation, String arguments, File jar) {
    this.instrumentation = instrumentation;
    this.arguments = arguments;
    this.jar = jar;
  }

  /** Whether a class of this internal name is instrumented. */
  public static boolean matches(String internalName) {
    return NAMES.contains(internalName);
  }

  /** All internal names, for the test that compares them with the agent's table. */
  public static Set<String> names() {
    return NAMES;
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (className == null || !NAMES.contains(className)) {
      return null;
    }
    try {
      return open() ? agent.transform(module, loader, className, redefined, domain, bytes) : null;
    } catch (Throwable t) {
      System.err.println("headgate: " + className.replace('/', '.') + " is not covered: " + t);
      return null;
    }
  }

  /** Loads the agent proper, once; false if that is not possible, which is said on stderr. */
  synchronized boolean open() {
    if (agent == null && !failed) {
      try {
        ClassLoader loader = new AgentClassLoader(jar, TypeGate.class.getClassLoader());
        agent =
            Class.forName("io.headgate.agent.Agent", true, loader)
                .asSubclass(ClassFileTransformer.class)
                .getConstructor(Instrumentation.class, String.class)
                .newInstance(instrumentation, arguments);
      } catch (java.lang.reflect.InvocationTargetException e) {
        failed = true;
        Throwable cause = e.getCause();
        // The agent says no by an IllegalStateException (the app is to start untouched) or a
        // SecurityException (it is not to start); both are JDK types, which need no fourth class.
        refusesToStart = cause instanceof SecurityException;
        boolean said = refusesToStart || cause instanceof IllegalStateException;
        System.err.println(said ? cause.getMessage() : "headgate: could not start: " + cause);
      } catch (Throwable t) {
        failed = true;
        System.err.println("headgate: could not start: " + t);
      }
    }
    return agent != null;
  }

  /** Whether the configuration says that the app must not start without the agent. */
  synchronized boolean refusesToStart() {
    return refusesToStart;
  }
}
