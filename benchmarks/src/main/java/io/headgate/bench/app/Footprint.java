// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** Tells whoever started the application that its work is done, and the memory it took. */
final class Footprint {

  private Footprint() {}

  /**
   * Prints {@code READY} and the peak resident set in KB; loads as few classes as it can. With
   * {@code -Dbench.management=true} it uses what applications use that manage themselves, so that
   * classes of the JDK which any but the smallest application has are no agent's fault.
   */
  static void ready() throws IOException {
    if (Boolean.getBoolean("bench.management")) {
      ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    }
    System.out.println("READY " + peakKilobytes());
  }

  /** As the kernel counts it. */
  static long peakKilobytes() throws IOException {
    try (BufferedReader status =
        new BufferedReader(new FileReader("/proc/self/status", StandardCharsets.US_ASCII))) {
      for (String line = status.readLine(); line != null; line = status.readLine()) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.substring(6, line.length() - 2).trim());
        }
      }
    }
    throw new IOException("/proc/self/status has no VmHWM");
  }
}
