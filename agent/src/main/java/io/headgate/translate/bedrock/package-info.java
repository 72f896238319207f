// SPDX-License-Identifier: Apache-2.0

/** Amazon Bedrock's Converse and ConverseStream, on both sides. */
@NullMarked
package io.headgate.translate.bedrock;

import org.jspecify.annotations.NullMarked;
