import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes requests to ECR's API at a port, as they go over the wire, signed now (Signature Version 4)
 * with the key of the environment.
 */
final class Signer {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
  private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";
  private static final String TYPE = "application/x-amz-json-1.1";
  private static final String SIGNED = "content-type;host;x-amz-date;x-amz-target";

  private final int port;
  private final String region = System.getenv().getOrDefault("AWS_REGION", "us-east-1");
  private final String keyId = System.getenv().getOrDefault("AWS_ACCESS_KEY_ID", "test");
  private final String secret = System.getenv().getOrDefault("AWS_SECRET_ACCESS_KEY", "test");
  private String day = "";
  private byte[] key;

  Signer(int port) {
    this.port = port;
  }

  /** Good for five minutes. */
  byte[] request(String operation, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    byte[] head = head(operation, body).getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  private String head(String operation, byte[] body) {
    String time = TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    String host = "localhost:" + port;
    String scope = time.substring(0, 8) + "/" + region + "/ecr/aws4_request";
    String canonical =
        "POST\n/\n\ncontent-type:%s\nhost:%s\nx-amz-date:%s\nx-amz-target:%s\n\n%s\n%s"
            .formatted(TYPE, host, time, TARGET + operation, SIGNED, hash(body));
    String hashed = hash(canonical.getBytes(StandardCharsets.UTF_8));
    String toSign = "AWS4-HMAC-SHA256\n%s\n%s\n%s".formatted(time, scope, hashed);
    String signature = HexFormat.of().formatHex(hmac(key(time.substring(0, 8)), toSign));
    return """
    POST / HTTP/1.1\r
    Host: %s\r
    Content-Type: %s\r
    Content-Length: %d\r
    X-Amz-Date: %s\r
    X-Amz-Target: %s\r
    Authorization: AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s\r
    \r
    """
        .formatted(
            host, TYPE, body.length, time, TARGET + operation, keyId, scope, SIGNED, signature);
  }

  private byte[] key(String today) {
    if (!today.equals(day)) {
      day = today;
      key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), today);
      for (String part : new String[] {region, "ecr", "aws4_request"}) {
        key = hmac(key, part);
      }
    }
    return key;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
