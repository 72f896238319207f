// SPDX-License-Identifier: Apache-2.0
/** OpenAI's Responses API, as apps speak it and as providers do. */
@NullMarked
package io.headgate.translate.responses;

import org.jspecify.annotations.NullMarked;
