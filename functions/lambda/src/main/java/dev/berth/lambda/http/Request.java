package dev.berth.lambda.http;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request as the exchanges and operations see it, whichever edge it came by. Everything in it is
 * the client's word until checked, but for what the edge itself adds: {@code registry}, {@code
 * sourceAddress}, {@code secure}, {@code id} and {@code vpcEndpoint}.
 *
 * @param method in upper case
 * @param path still percent-encoded, beginning with {@code /}, without the query
 * @param rawQuery still percent-encoded, without the {@code ?}; empty where there is none
 * @param host the authority as the client named it, port included
 * @param registry whose registry it is: by the host's name, else the edge's default
 * @param body read at most once, by whoever handles the request; throws {@link java.io.IOException}
 *     where the client breaks off before the announced end
 * @param contentLength of the body, where the client announced one
 * @param sourceAddress the client's IP address
 * @param secure whether it came over TLS
 * @param id unique, answered as x-amzn-RequestId
 * @param vpcEndpoint that it came through, as the edge knows
 */
public record Request(
    String method,
    String path,
    String rawQuery,
    String host,
    RegistryAddress registry,
    Headers headers,
    InputStream body,
    OptionalLong contentLength,
    String sourceAddress,
    boolean secure,
    String id,
    Optional<VpcEndpoint> vpcEndpoint) {

  /** Through no VPC endpoint. */
  public Request(
      String method,
      String path,
      String rawQuery,
      String host,
      RegistryAddress registry,
      Headers headers,
      InputStream body,
      OptionalLong contentLength,
      String sourceAddress,
      boolean secure,
      String id) {
    this(
        method,
        path,
        rawQuery,
        host,
        registry,
        headers,
        body,
        contentLength,
        sourceAddress,
        secure,
        id,
        Optional.empty());
  }

  /** The same request with another body of the same length. */
  public Request withBody(InputStream other) {
    return new Request(
        method,
        path,
        rawQuery,
        host,
        registry,
        headers,
        other,
        contentLength,
        sourceAddress,
        secure,
        id);
  }

  /** The query, decoded. */
  public Parameters query() {
    return Parameters.parse(rawQuery);
  }

  /** Without query and headers, among which are credentials, and the states of uploads. */
  @Override
  public String toString() {
    return "Request[%s %s %s]".formatted(id, method, path);
  }
}
