// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.AnswerForms;
import io.headgate.gateway.WireEditor;
import io.headgate.provider.CallCredential;
import io.headgate.provider.EmbeddingRequests;
import io.headgate.provider.Redirect;

/**
 * What looking and keeping take.
 *
 * @param environment of the configuration; empty if not set
 */
record CacheTools(
    CacheHome home,
    AnswerForms forms,
    WireEditor editor,
    CallCredential credential,
    Redirect redirect,
    EmbeddingRequests embeddings,
    String environment) {}
