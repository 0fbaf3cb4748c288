package dev.berth.core.sigv4;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An {@code Authorization} header: {@code AWS4-HMAC-SHA256 Credential=..., SignedHeaders=...,
 * Signature=...}.
 *
 * @param signedHeaders in lower case, sorted, each once
 */
record Authorization(CredentialScope scope, List<String> signedHeaders, String signature) {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final List<String> PARTS = List.of("Credential", "Signature", "SignedHeaders");

  /** A field name of RFC 9110, in lower case. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");

  static Authorization of(SignedRequest request) throws Refusal {
    List<String> values = request.all("authorization");
    if (values.isEmpty()) {
      throw Refusal.missing("Missing Authentication Token");
    }
    if (values.size() > 1) {
      throw Refusal.incomplete("The header 'Authorization' must be sent once.");
    }
    Map<String, String> parts = parts(values.getFirst().strip());
    refuseMissing(parts, SigningTime.isIn(request));
    return new Authorization(
        CredentialScope.parse(parts.get("Credential")),
        signedHeaders(parts.get("SignedHeaders")),
        parts.get("Signature"));
  }

  /** As a request has it. */
  String header() {
    return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(
            ALGORITHM, scope.accessKeyId(), scope, String.join(";", signedHeaders), signature);
  }

  /** Of another scheme no part is read, and none is echoed: it may be a password. */
  private static Map<String, String> parts(String header) throws Refusal {
    String[] schemeAndRest = header.split(" ", 2);
    if (!schemeAndRest[0].equals(ALGORITHM)) {
      if (schemeAndRest[0].startsWith("AWS4-")) {
        throw Refusal.incomplete("Unsupported AWS 'algorithm': '%s'".formatted(schemeAndRest[0]));
      }
      return Map.of();
    }
    var parts = new HashMap<String, String>();
    for (String part : (schemeAndRest.length > 1 ? schemeAndRest[1] : "").split(",")) {
      if (!part.isBlank()) {
        add(parts, part.strip());
      }
    }
    return parts;
  }

  private static void add(Map<String, String> parts, String part) throws Refusal {
    int equals = part.indexOf('=');
    if (equals < 0) {
      throw Refusal.incomplete(
          "'%s' not a valid key=value pair (missing equal-sign) in Authorization header."
              .formatted(part));
    }
    String name = part.substring(0, equals);
    if (!PARTS.contains(name) || parts.putIfAbsent(name, part.substring(equals + 1)) != null) {
      throw Refusal.incomplete(
          "Authorization header takes each of %s once, and not '%s' here."
              .formatted(String.join(", ", PARTS), name));
    }
  }

  private static void refuseMissing(Map<String, String> parts, boolean dated) throws Refusal {
    Stream<String> missing =
        PARTS.stream()
            .filter(name -> parts.getOrDefault(name, "").isEmpty())
            .map("Authorization header requires '%s' parameter."::formatted);
    Stream<String> undated =
        dated
            ? Stream.empty()
            : Stream.of(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
                    + " header.");
    String message = Stream.concat(missing, undated).collect(Collectors.joining(" "));
    if (!message.isEmpty()) {
      throw Refusal.incomplete(message);
    }
  }

  private static List<String> signedHeaders(String text) throws Refusal {
    List<String> names = Arrays.asList(text.split(";", -1));
    for (int i = 0; i < names.size(); i++) {
      if (!NAME.matcher(names.get(i)).matches()
          || i > 0 && names.get(i - 1).compareTo(names.get(i)) >= 0) {
        throw Refusal.invalid(
            "SignedHeaders must be header names in lower case, sorted, each once, separated by"
                + " ';'.");
      }
    }
    return List.copyOf(names);
  }
}
