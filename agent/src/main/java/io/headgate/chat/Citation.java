// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import org.jspecify.annotations.Nullable;

/**
 * What a text of an answer rests on.
 *
 * @param url of a page on the web; null if it is something else, such as a document of the request
 * @param title of the page or the document
 * @param quote the words that are cited
 * @param start where in the text the claim starts, in characters of the text; -1 if not known
 * @param end where it ends; -1 if not known
 */
public record Citation(
    @Nullable String url, @Nullable String title, @Nullable String quote, int start, int end) {}
