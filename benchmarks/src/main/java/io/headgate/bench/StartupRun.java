// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

/**
 * One start of an application.
 *
 * @param readyMillis from the start of the process until its work was done
 * @param cpuMillis user and system time of the process, its end included
 * @param peakMegabytes the most memory it had resident when its work was done
 */
record StartupRun(double readyMillis, double cpuMillis, double peakMegabytes) {}
