package dev.berth.lambda.iam;

import dev.berth.core.secret.Sealer;
import dev.berth.lambda.query.QueryError;
import dev.berth.lambda.query.QueryRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes positions in listings into {@code Marker}s and back. A marker is good for the listing that
 * it was given out by, and no other; of that it has only a digest, since markers are short.
 */
final class Markers {

  /** markerType of IAM's model. */
  private static final int LONGEST = 320;

  private static final Pattern MARKER = Pattern.compile("[\\x20-\\xFF]+");

  /** Parameters that may differ from page to page. */
  private static final Set<String> OF_THE_PAGE = Set.of("Marker", "MaxItems");

  private static final int DIGEST = 16;

  private final Sealer sealer;

  Markers(Sealer sealer) {
    this.sealer = sealer;
  }

  String seal(QueryRequest request, String position) {
    byte[] at = position.getBytes(StandardCharsets.UTF_8);
    byte[] payload = Arrays.copyOf(listing(request), DIGEST + at.length);
    System.arraycopy(at, 0, payload, DIGEST, at.length);
    return sealer.seal(payload);
  }

  /**
   * Where the page begins that a request asks for; empty for the first.
   *
   * @throws QueryError if the marker is not one of this listing's
   */
  Optional<String> open(QueryRequest request) {
    return request.optionalText("Marker", 1, LONGEST, MARKER).map(text -> open(request, text));
  }

  private String open(QueryRequest request, String marker) {
    byte[] payload =
        sealer
            .open(marker)
            .filter(content -> content.length >= DIGEST)
            .filter(content -> Arrays.equals(listing(request), 0, DIGEST, content, 0, DIGEST))
            .orElseThrow(() -> new QueryError("ValidationError", 400, "Invalid Marker."));
    return new String(payload, DIGEST, payload.length - DIGEST, StandardCharsets.UTF_8);
  }

  /** What is listed, and whose. */
  private static byte[] listing(QueryRequest request) {
    Map<String, List<String>> parameters = new TreeMap<>(request.parameters().values());
    parameters.keySet().removeAll(OF_THE_PAGE);
    return sha256(request.account() + "\n" + parameters);
  }

  private static byte[] sha256(String text) {
    try {
      return Arrays.copyOf(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)),
          DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
