package dev.berth.core.sigv4;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One text for a request, however it was spelled: "Create a canonical request" of the IAM User
 * Guide's Signature Version 4 chapter, for services other than S3.
 */
final class CanonicalRequest {

  private static final Pattern WHITESPACE = Pattern.compile("\\s+");

  private CanonicalRequest() {}

  static String of(SignedRequest request, List<String> signedHeaders, String payloadHash) {
    return String.join(
        "\n",
        request.method(),
        path(request.path()),
        query(request.rawQuery()),
        headers(request, signedHeaders),
        String.join(";", signedHeaders),
        payloadHash);
  }

  /** Without dot segments and empty segments, encoded once more than it was sent. */
  static String path(String raw) {
    var segments = new ArrayDeque<String>();
    for (String segment : raw.split("/")) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.addLast(UriEncoding.encode(segment));
      }
    }
    String end = raw.endsWith("/") && !segments.isEmpty() ? "/" : "";
    return "/" + String.join("/", segments) + end;
  }

  /** Sorted by name, then value, as encoded. */
  static String query(String raw) {
    return Arrays.stream(raw.split("&"))
        .filter(Predicate.not(String::isEmpty))
        .map(Parameter::parse)
        .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
        .map(parameter -> parameter.name() + "=" + parameter.value())
        .collect(Collectors.joining("&"));
  }

  private record Parameter(String name, String value) {
    static Parameter parse(String pair) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      return new Parameter(UriEncoding.normalize(name), UriEncoding.normalize(value));
    }
  }

  private static String headers(SignedRequest request, List<String> signedHeaders) {
    return signedHeaders.stream()
        .map(name -> name + ":" + values(request.all(name)) + "\n")
        .collect(Collectors.joining());
  }

  private static String values(List<String> values) {
    return values.stream().map(CanonicalRequest::collapse).collect(Collectors.joining(","));
  }

  /** Trimmed, and a single space for every run of spaces; so no value can hold a line break. */
  private static String collapse(String value) {
    return WHITESPACE
        .splitAsStream(value)
        .filter(Predicate.not(String::isEmpty))
        .collect(Collectors.joining(" "));
  }
}
