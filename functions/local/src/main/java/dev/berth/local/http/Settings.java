package dev.berth.local.http;

import dev.berth.lambda.http.RegistryAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a {@link StreamingServer} listens.
 *
 * @param listeners at least one
 * @param tls for all listeners, or empty for plain HTTP
 */
public record Settings(List<Listener> listeners, Optional<Tls> tls, Limits limits) {

  public Settings {
    listeners = List.copyOf(listeners);
    if (listeners.isEmpty()) {
      throw new IllegalArgumentException("no address to listen on");
    }
  }

  /**
   * Where to listen.
   *
   * @param address a host name or IP address of this machine
   * @param port 0 for any that is free
   * @param registry whose requests they are that name no registry in their host
   */
  public record Listener(String address, int port, RegistryAddress registry) {

    @Override
    public String toString() {
      return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
  }

  /**
   * The server's certificate.
   *
   * @param certificates a PEM file: the certificate, then those that lead to its root
   * @param key a PEM file: the certificate's key in PKCS #8, not encrypted
   */
  public record Tls(Path certificates, Path key) {}

  /**
   * What clients may take of the server's time and memory.
   *
   * @param connections at one time; further ones are closed at once
   * @param header for a request's line and header section to arrive whole
   * @param idle for a further request to begin on a connection
   * @param body for the next bytes of a body that a handler waits for
   * @param write for a client to take the next bytes of an answer
   * @param linger for a client that still sends to read an answer that came before the end of its
   *     body
   * @param drain for requests under way to end when the server closes
   */
  public record Limits(
      int connections,
      Duration header,
      Duration idle,
      Duration body,
      Duration write,
      Duration linger,
      Duration drain) {

    public static Limits defaults() {
      return new Limits(
          1024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10));
    }
  }
}
