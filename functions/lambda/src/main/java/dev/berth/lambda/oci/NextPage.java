package dev.berth.lambda.oci;

import dev.berth.lambda.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The Link header of a listing that goes on (RFC 8288). */
final class NextPage {

  private NextPage() {}

  /**
   * @param path of the listing
   * @param query of the next page, not encoded
   */
  static Response link(Response response, String path, Map<String, String> query) {
    String parameters =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return response.with("Link", "<%s?%s>; rel=\"next\"".formatted(path, parameters));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
