// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.util.Locale;

/**
 * What can be wrong with a Redis, in words for its operator. Of what a server says only the code at
 * the beginning is ever repeated: some repeat what they were sent, passwords included.
 */
enum RedisTrouble {
  UNREACHABLE("cannot be reached: check that it runs, and state.url", Scope.ALL),
  SLOW("does not answer in time: if it is just far away, set state.timeout higher", Scope.ALL),
  CLOSED("closes the connection: if it speaks TLS, state.url begins with rediss://", Scope.ALL),
  TLS(
      "cannot be talked to by TLS: check that it speaks TLS, and that this JVM trusts a certificate"
          + " with that host name",
      Scope.ALL),
  GARBAGE("does not talk like a Redis: check host and port in state.url", Scope.ALL),
  NO_PASSWORD("asks for a password: write it into state.url, redis://:password@host", Scope.ALL),
  PASSWORD("does not take the user and password in state.url", Scope.ALL),
  NEEDLESS_PASSWORD("has no password, but state.url has one: take it out", Scope.ALL),
  PERMISSION(
      "does not let this user do what is needed: allow get, set, unlink and scan on headgate:*",
      Scope.ALL),
  PROTECTED("is in protected mode: give it a password, or let it listen on this host", Scope.ALL),
  DATABASE("has no database of the number in state.url", Scope.ALL),
  LOADING("is still loading its data", Scope.ALL),
  CLUSTER("is part of a cluster, which is not supported: name one that is not", Scope.ALL),
  CLIENTS("has too many clients: raise its maxclients", Scope.ALL),
  SECRET("has something foreign under the key headgate:1:secret: delete that", Scope.ALL),
  OTHER("refuses what it is asked for", Scope.ALL),
  FULL(
      "is out of memory, so nothing new is kept: raise its maxmemory, or set its maxmemory-policy to"
          + " allkeys-lru",
      Scope.WRITES),
  READ_ONLY("is a read-only replica, so nothing new is kept: name its master", Scope.WRITES),
  UNSAVED(
      "cannot save its data or reach its replicas, and so takes nothing new: see its own log",
      Scope.WRITES),
  ONE_KEY("holds something foreign under a key of ours", Scope.KEY);

  /** What a trouble is about. */
  enum Scope {
    ALL,
    WRITES,
    KEY
  }

  final String words;
  final Scope scope;

  RedisTrouble(String words, Scope scope) {
    this.words = words;
    this.scope = scope;
  }

  /** Of an error that a Redis replied. */
  static RedisTrouble ofReply(String error) {
    int space = error.indexOf(' ');
    return switch (space < 0 ? error : error.substring(0, space)) {
      case "NOAUTH" -> NO_PASSWORD;
      case "WRONGPASS" -> PASSWORD;
      case "NOPERM" -> PERMISSION;
      case "DENIED" -> PROTECTED;
      case "LOADING", "MASTERDOWN", "BUSY", "TRYAGAIN" -> LOADING;
      case "MOVED", "ASK", "CLUSTERDOWN", "CROSSSLOT" -> CLUSTER;
      case "OOM" -> FULL;
      case "READONLY" -> READ_ONLY;
      case "MISCONF", "NOREPLICAS" -> UNSAVED;
      case "WRONGTYPE" -> ONE_KEY;
      default -> byWords(error.toLowerCase(Locale.ROOT));
    };
  }

  /** What has no code of its own. */
  private static RedisTrouble byWords(String error) {
    if (error.contains("invalid password") || error.contains("invalid username")) {
      return PASSWORD;
    }
    if (error.contains("without any password") || error.contains("no password is set")) {
      return NEEDLESS_PASSWORD;
    }
    if (error.contains("operation not permitted") || error.contains("authentication required")) {
      return NO_PASSWORD;
    }
    if (error.contains("db index") || error.contains("select is not allowed")) {
      return DATABASE;
    }
    return error.contains("max number of clients") ? CLIENTS : OTHER;
  }
}
