// SPDX-License-Identifier: Apache-2.0

/** Anthropic's Messages API, as the format of an app and as that of a provider. */
@NullMarked
package io.headgate.translate.anthropic;

import org.jspecify.annotations.NullMarked;
