// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * The client's answer to one request.
 *
 * @param entity its body as the client gave it
 * @param shareable whether others than the app may come to wait for it
 */
record Answer(ClassicHttpResponse response, @Nullable HttpEntity entity, boolean shareable) {}
