// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A server that is installed on this machine, started for as long as it is compared with, on a free
 * port of the loopback address.
 */
record Neighbour(Process process, int port) implements AutoCloseable {

  private static final long MOST_SECONDS = 20;

  /** An nginx that keeps the answers of an LLM host; null if there is no nginx. */
  static @Nullable Neighbour nginx(Path scratch, String llm) throws IOException {
    Path program = program("nginx");
    if (program == null) {
      return null;
    }
    Path directory = Files.createTempDirectory(scratch, "nginx");
    int port = freePort();
    Path config = directory.resolve("nginx.conf");
    Files.writeString(
        config,
        """
        daemon off;
        user %4$s;
        worker_processes 1;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events { worker_connections 256; }
        http {
          access_log off;
          keepalive_requests 100000000;
          keepalive_timeout 3600s;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          proxy_cache_path %1$s/cache levels=1:2 keys_zone=llm:32m max_size=1g inactive=1h
                           use_temp_path=off;
          open_file_cache max=20000 inactive=600s;
          upstream llm { server %3$s; keepalive 16; }
          server {
            listen 127.0.0.1:%2$d;
            client_body_buffer_size 64k;
            client_body_in_single_buffer on;
            location / {
              proxy_pass http://llm;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_cache llm;
              proxy_cache_methods GET POST;
              proxy_cache_key "$request_uri|$http_authorization|$request_body";
              proxy_cache_valid 200 1h;
              proxy_buffers 16 16k;
            }
          }
        }
        """
            .formatted(
                directory,
                port,
                llm.substring("http://".length()),
                System.getProperty("user.name")));
    return start(directory, port, List.of(program.toString(), "-c", config.toString()));
  }

  /** A Redis that keeps everything in memory; null if there is no Redis. */
  static @Nullable Neighbour redis(Path scratch) throws IOException {
    Path program = program("redis-server");
    if (program == null) {
      return null;
    }
    Path directory = Files.createTempDirectory(scratch, "redis");
    int port = freePort();
    List<String> command =
        List.of(
            program.toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            directory.toString());
    return start(directory, port, command);
  }

  private static @Nullable Path program(String name) {
    List<String> places = new ArrayList<>(List.of(System.getenv("PATH").split(File.pathSeparator)));
    places.add("/usr/sbin");
    places.add("/usr/local/sbin");
    for (String place : places) {
      Path program = Path.of(place, name);
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    return null;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Neighbour start(Path directory, int port, List<String> command)
      throws IOException {
    Path output = directory.resolve("output.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Neighbour started = new Neighbour(process, port);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (!started.listens()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        started.close();
        throw new IOException(command.get(0) + " does not run: " + Files.readString(output));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return started;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
