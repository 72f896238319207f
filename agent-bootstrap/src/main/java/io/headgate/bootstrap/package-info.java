// SPDX-License-Identifier: Apache-2.0

/** What the JVM loads into the system class loader: three classes that load the rest on demand. */
package io.headgate.bootstrap;
