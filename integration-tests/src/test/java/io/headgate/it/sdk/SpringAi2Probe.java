// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * An app on Spring AI 2.0, whose models are built on the providers' own SDKs with an OkHttp of
 * Spring AI's. Its builders are called by reflection: the tests are compiled against version 1.1.
 */
final class SpringAi2Probe {

  private static final String PACKAGE = "org.springframework.ai.";

  private SpringAi2Probe() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    run("openai", "OpenAi", "gpt-4o-mini");
    run("anthropic", "Anthropic", "claude-sonnet-4-5");
    System.exit(0);
  }

  private static void run(String name, String prefix, String model)
      throws ReflectiveOperationException {
    String type = PACKAGE + name + "." + prefix;
    ChatOptions plain = (ChatOptions) options(type, name, model).build();
    Built withTools = options(type, name, model).with("toolCallbacks", SpringAiCalls.tools());
    ChatModel chat = (ChatModel) Built.of(type + "ChatModel").with("options", plain).build();
    SpringAiCalls.all(name, chat, plain, (ChatOptions) withTools.build());
  }

  private static Built options(String type, String name, String model)
      throws ReflectiveOperationException {
    Built options =
        Built.of(type + "ChatOptions").with("apiKey", Said.KEY + name).with("model", model);
    return name.equals("openai")
        ? options.with("streamUsage", true)
        : options.with("maxTokens", 300);
  }

  /** A builder. */
  private record Built(Object builder) {

    static Built of(String type) throws ReflectiveOperationException {
      return new Built(Class.forName(type).getMethod("builder").invoke(null));
    }

    Built with(String name, Object value) throws ReflectiveOperationException {
      Method setter =
          Arrays.stream(builder.getClass().getMethods())
              .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
              .filter(method -> takes(method.getParameterTypes()[0], value))
              .findFirst()
              .orElseThrow(() -> new NoSuchMethodException(builder.getClass() + " " + name));
      return new Built(setter.invoke(builder, value));
    }

    private static boolean takes(Class<?> type, Object value) {
      return type.isInstance(value) || (type == boolean.class && value instanceof Boolean);
    }

    Object build() throws ReflectiveOperationException {
      return builder.getClass().getMethod("build").invoke(builder);
    }
  }
}
