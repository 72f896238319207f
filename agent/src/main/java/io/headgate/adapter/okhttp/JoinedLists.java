// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Clients' interceptors with ours behind them, made once per client rather than once per call. A
 * table with one place per identity hash: two clients that share one take turns, and no lookup
 * allocates or locks. Weak, because our interceptor holds its client: after a garbage collection a
 * list is made anew.
 */
final class JoinedLists {

  private static final int PLACES = 64; // a power of two; apps have a handful of clients

  private static final AtomicReferenceArray<@Nullable WeakReference<List<Interceptor>>> TABLE =
      new AtomicReferenceArray<>(PLACES);

  private JoinedLists() {}

  static List<Interceptor> of(OkHttpClient client, List<?> theirs) {
    int place = System.identityHashCode(client) & (PLACES - 1);
    WeakReference<List<Interceptor>> reference = TABLE.get(place);
    List<Interceptor> known = reference == null ? null : reference.get();
    if (known != null && joins(known, client, theirs)) {
      return known;
    }
    List<Interceptor> made = join(client, theirs);
    TABLE.set(place, new WeakReference<>(made));
    return made;
  }

  private static boolean joins(List<Interceptor> all, OkHttpClient client, List<?> theirs) {
    int size = theirs.size();
    if (all.size() != size + 1
        || !(all.get(size) instanceof GatewayInterceptor ours)
        || !ours.serves(client)) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (all.get(i) != theirs.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static List<Interceptor> join(OkHttpClient client, List<?> theirs) {
    List<Interceptor> all = new ArrayList<>(theirs.size() + 1);
    for (int i = 0; i < theirs.size(); i++) {
      all.add((Interceptor) theirs.get(i));
    }
    all.add(new GatewayInterceptor(client));
    return Collections.unmodifiableList(all);
  }
}
