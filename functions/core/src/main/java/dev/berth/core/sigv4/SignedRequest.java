package dev.berth.core.sigv4;

import java.util.List;
import java.util.Map;

/**
 * What a signature covers, as it was received.
 *
 * @param method in upper case
 * @param path still percent-encoded, without the query
 * @param rawQuery still percent-encoded, without the {@code ?}; empty where there is none
 * @param headers names in lower case, every value in the order in which they came; with {@code
 *     host}
 * @param body all of it, not copied
 */
public record SignedRequest(
    String method, String path, String rawQuery, Map<String, List<String>> headers, byte[] body) {

  List<String> all(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** Without the headers, among which are credentials. */
  @Override
  public String toString() {
    return "SignedRequest[%s %s]".formatted(method, path);
  }
}
