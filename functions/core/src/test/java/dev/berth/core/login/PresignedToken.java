package dev.berth.core.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens as the AWS CLI does, and as it does not, without any of the code under test. */
public final class PresignedToken {

  public static final String KEY_ID = "ASIAEXAMPLEEXAMPLE12";
  public static final String SECRET = "a secret of AWS's";

  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private String origin = "https://sts.us-east-1.amazonaws.com";
  private String region = "us-east-1";
  private String audience = "registry.example.com";
  private String path = "/?";
  private String more = "";
  private boolean signed = true;
  private final Map<String, String> query = new TreeMap<>();

  private PresignedToken(Instant signedAt) {
    String date = BASIC.format(signedAt);
    with("Action", "GetCallerIdentity");
    with("Version", "2011-06-15");
    with("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    with("X-Amz-Date", date);
    with("X-Amz-Expires", "60");
    with("X-Amz-SignedHeaders", "host%3Bx-k8s-aws-id");
    with("X-Amz-Security-Token", "IQoJ%2Fsession%2Btoken%3D%3D");
  }

  /** As the AWS CLI makes it. */
  public static PresignedToken at(Instant signedAt) {
    return new PresignedToken(signedAt);
  }

  /** {@code https://host} or {@code http://host:port}. */
  public PresignedToken to(String origin) {
    this.origin = origin;
    return this;
  }

  public PresignedToken region(String region) {
    this.region = region;
    return this;
  }

  public PresignedToken audience(String audience) {
    this.audience = audience;
    return this;
  }

  /** What is between the origin and the query, the question mark included. */
  PresignedToken path(String path) {
    this.path = path;
    return this;
  }

  /** What follows the signature. */
  PresignedToken followedBy(String more) {
    this.more = more;
    return this;
  }

  /** A parameter with its value as it is encoded. */
  public PresignedToken with(String name, String encoded) {
    query.put(name, encoded);
    return this;
  }

  PresignedToken without(String name) {
    query.remove(name);
    signed &= !name.equals("X-Amz-Signature");
    return this;
  }

  public String url() {
    String credential =
        "%s%%2F%s%%2F%s%%2Fsts%%2Faws4_request"
            .formatted(
                KEY_ID, query.getOrDefault("X-Amz-Date", "20200101T").substring(0, 8), region);
    query.putIfAbsent("X-Amz-Credential", credential);
    String host = origin.substring(origin.indexOf("://") + 3);
    String signature = signature(SECRET, query, Map.of("host", host, "x-k8s-aws-id", audience));
    List<String> pairs = new ArrayList<>();
    query.forEach((name, value) -> pairs.add(name + "=" + value));
    if (!query.containsKey("X-Amz-Signature") && signed) {
      pairs.add("X-Amz-Signature=" + signature);
    }
    return origin + path + String.join("&", pairs) + more;
  }

  public String token() {
    return ofUrl(url());
  }

  static String ofUrl(String url) {
    byte[] bytes = url.getBytes(StandardCharsets.UTF_8);
    return "k8s-aws-v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Of a GET of {@code /} without a body.
   *
   * @param query as it is encoded, without the signature
   */
  public static String signature(
      String secret, Map<String, String> query, Map<String, String> headers) {
    try {
      String date = query.getOrDefault("X-Amz-Date", "");
      String credential = query.get("X-Amz-Credential").replace("%2F", "/");
      String scope = credential.substring(credential.indexOf('/') + 1);
      byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
      for (String part : scope.split("/")) {
        key = hmac(key, part);
      }
      String toSign =
          String.join("\n", "AWS4-HMAC-SHA256", date, scope, hash(canonical(query, headers)));
      return HexFormat.of().formatHex(hmac(key, toSign));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String canonical(Map<String, String> query, Map<String, String> headers)
      throws GeneralSecurityException {
    var sorted = new TreeMap<>(headers);
    return String.join(
        "\n",
        "GET",
        "/",
        new TreeMap<>(query)
            .entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("&")),
        sorted.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining()),
        String.join(";", sorted.keySet()),
        hash(""));
  }

  private static String hash(String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
