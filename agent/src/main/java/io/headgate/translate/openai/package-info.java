// SPDX-License-Identifier: Apache-2.0

/**
 * OpenAI Chat Completions, spoken by apps and by providers, and by all the providers that copied
 * it. Facts are from the OpenAI API reference and the providers' documents.
 */
@NullMarked
package io.headgate.translate.openai;

import org.jspecify.annotations.NullMarked;
