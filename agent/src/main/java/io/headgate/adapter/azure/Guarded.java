// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpClient;
import io.headgate.client.Unsent;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The client for a request that the gateway changed, and that may have a credential which the app
 * does not know: no redirect takes it to another origin, and what the app's own client adds to each
 * request stays away from an origin that is not the app's. Neither can be said for one request
 * only, so there is a second client around a copy of what the first one stands on. Made when first
 * needed, and kept as long as the app's client lives.
 */
final class Guarded {

  private static final ReentrantLock LOCK = new ReentrantLock();

  /** Guarded by the lock; by whether the target is foreign. No value leads back to its key. */
  private static final Map<HttpClient, Map<Boolean, HttpClient>> TWINS = new WeakHashMap<>();

  private Guarded() {}

  /**
   * The client, or one like it.
   *
   * @param foreign whether the request leads to another origin than the app's
   * @throws Unsent if it cannot be told what the client would do with such a request
   */
  static HttpClient of(HttpClient client, Kind kind, boolean foreign) {
    if (kind == Kind.VERTX) {
      return client; // It follows no redirect, and adds nothing to a request.
    }
    LOCK.lock();
    try {
      Map<Boolean, HttpClient> known = TWINS.get(client);
      HttpClient twin = known == null ? null : known.get(foreign);
      if (twin == null) {
        twin = twin(client, kind, foreign);
        if (twin != client) {
          TWINS.computeIfAbsent(client, one -> new HashMap<>()).put(foreign, twin);
        }
      }
      return twin;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw new Unsent(
          new IllegalStateException(
              "a changed request is not sent, since this client may take it elsewhere: " + e, e));
    } finally {
      LOCK.unlock();
    }
  }

  /** Each branch links another library, of which an app may have one only. */
  private static HttpClient twin(HttpClient client, Kind kind, boolean foreign)
      throws ReflectiveOperationException {
    return switch (kind) {
      case NETTY -> NettyGuard.twin(client, foreign);
      case OKHTTP -> OkHttpGuard.twin(client, foreign);
      case JDK -> JdkGuard.twin(client, foreign);
      case VERTX -> client;
    };
  }

  /** What the client stands on. */
  static <E> E engine(HttpClient client, Class<E> type) throws ReflectiveOperationException {
    Object engine = field(client, type).get(client);
    if (engine == null) {
      throw new ReflectiveOperationException(client.getClass() + " has no client");
    }
    return type.cast(engine);
  }

  /** A client like it in all but what it stands on; itself if that is the same. */
  static <E> HttpClient around(HttpClient client, Class<E> type, E engine)
      throws ReflectiveOperationException {
    Field own = field(client, type);
    if (own.get(client) == engine) {
      return client;
    }
    List<Field> fields = fields(client);
    Constructor<?> constructor = constructor(client);
    Object[] arguments = new Object[constructor.getParameterCount()];
    List<Field> left = new ArrayList<>(fields);
    for (int i = 0; i < arguments.length; i++) {
      Field field = take(left, constructor.getParameterTypes()[i]);
      arguments[i] = field.equals(own) ? engine : field.get(client);
    }
    HttpClient twin;
    try {
      twin = (HttpClient) constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException(e.getCause());
    }
    for (Field field : fields) {
      if (!field.equals(own) && !Objects.equals(field.get(twin), field.get(client))) {
        throw new ReflectiveOperationException(field + " is another");
      }
    }
    return twin;
  }

  /** They all have one that takes their settings, in the order of the fields. */
  private static Constructor<?> constructor(HttpClient client) throws NoSuchMethodException {
    Constructor<?>[] all = client.getClass().getDeclaredConstructors();
    if (all.length != 1) {
      throw new NoSuchMethodException(client.getClass() + " has " + all.length + " constructors");
    }
    all[0].setAccessible(true);
    return all[0];
  }

  private static Field take(List<Field> left, Class<?> type) throws NoSuchFieldException {
    for (Field field : left) {
      if (field.getType() == type) {
        left.remove(field);
        return field;
      }
    }
    throw new NoSuchFieldException("none of " + type);
  }

  private static Field field(HttpClient client, Class<?> type) throws NoSuchFieldException {
    return take(new ArrayList<>(fields(client)), type);
  }

  private static List<Field> fields(HttpClient client) {
    List<Field> fields =
        Arrays.stream(client.getClass().getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()))
            .toList();
    fields.forEach(field -> field.setAccessible(true));
    return fields;
  }
}
