// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.expression.Expression;
import io.headgate.gateway.Exchange;
import io.headgate.route.CallVariables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose call it is: as the rule says, or else whose credential goes upstream. */
final class Isolation {

  private Isolation() {}

  static Partition.Isolated of(CachedCall call, Question question, byte[] secret) {
    Partition partitions = call.tools().home().partition(secret);
    Exchange exchange = call.chain().exchange();
    List<Expression> isolate = call.policy().isolate();
    if (isolate != null) {
      return partitions.of(
          isolate, new CallVariables(exchange, call.chain().request(), call.tools().environment()));
    }
    byte @Nullable [] credential =
        call.tools()
            .credential()
            .of(question.request(), question.endpoint(), exchange.endpoint().provider());
    return credential == null
        ? new Partition.Isolated(null, "no credential is seen; name isolate")
        : new Partition.Isolated(partitions.ofCredential(credential), null);
  }
}
