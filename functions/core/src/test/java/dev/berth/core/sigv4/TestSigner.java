package dev.berth.core.sigv4;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as a client does, without any of the code under test: every header that is there, a path
 * and a query that are canonical already.
 */
public final class TestSigner {

  public static final AccessKey KEY =
      new AccessKey(
          "AKIDEXAMPLE",
          "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
          Principal.root("123456789012", "AKIDEXAMPLE"));

  /** The same key as one of a session of its principal. */
  public static AccessKey temporary(String sessionToken, Instant end) {
    var session = new Session(Instant.EPOCH, end, Optional.empty(), List.of(), Map.of());
    Principal root = KEY.principal();
    return new AccessKey(
        KEY.id(),
        KEY.secret(),
        new Principal(
            root.account(), root.arn(), root.uniqueId(), root.accessKeyId(), Optional.of(session)),
        Optional.of(sessionToken));
  }

  String algorithm = "AWS4-HMAC-SHA256";
  String credential = "AKIDEXAMPLE/20150830/us-east-1/ecr/aws4_request";
  String secret = KEY.secret();
  String date = "20150830T123600Z";
  String method = "POST";
  String path = "/";
  String canonicalPath = "/";
  byte[] body = "{\"repositoryName\":\"app\"}".getBytes(StandardCharsets.UTF_8);
  final Map<String, List<String>> headers = new TreeMap<>();

  public TestSigner() {
    header("host", "ecr.us-east-1.amazonaws.com");
    header("content-type", "application/x-amz-json-1.1");
    header("x-amz-date", date);
    header("x-amz-target", "AmazonEC2ContainerRegistry_V20150921.CreateRepository");
  }

  /** Signs with another key that has the same secret. */
  public TestSigner(String accessKeyId) {
    this();
    credential = credential.replaceFirst("[^/]+", accessKeyId);
  }

  /** With another secret. */
  public TestSigner secret(String other) {
    secret = other;
    return this;
  }

  public TestSigner header(String name, String... values) {
    headers.put(name, List.of(values));
    return this;
  }

  public TestSigner without(String name) {
    headers.remove(name);
    return this;
  }

  public TestSigner body(byte[] bytes) {
    body = bytes;
    return this;
  }

  public TestSigner scopedTo(String service) {
    credential =
        credential.replaceFirst("/[a-z0-9-]+/aws4_request", "/" + service + "/aws4_request");
    return this;
  }

  TestSigner signedAt(String time) {
    date = time;
    credential = credential.replaceFirst("/\\d{8}/", "/" + time.substring(0, 8) + "/");
    return header("x-amz-date", time);
  }

  public SignedRequest sign() {
    return withAuthorization(
        "%s Credential=%s, SignedHeaders=%s, Signature=%s"
            .formatted(algorithm, credential, String.join(";", headers.keySet()), signature()));
  }

  SignedRequest withAuthorization(String... values) {
    var all = new TreeMap<>(headers);
    all.put("authorization", List.of(values));
    return new SignedRequest(method, path, "", all, body);
  }

  String signature() {
    try {
      String[] scope = credential.split("/", 2)[1].split("/");
      byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
      for (String part : scope) {
        key = hmac(key, part);
      }
      String toSign =
          algorithm + "\n" + date + "\n" + String.join("/", scope) + "\n" + hash(canonical());
      return HexFormat.of().formatHex(hmac(key, toSign));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] canonical() throws GeneralSecurityException {
    var text = new StringBuilder(method + "\n" + canonicalPath + "\n\n");
    headers.forEach((name, values) -> text.append(name + ":" + String.join(",", values) + "\n"));
    text.append("\n" + String.join(";", headers.keySet()) + "\n" + hash(body));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String hash(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
