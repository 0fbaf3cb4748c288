package dev.berth.core.sigv4;

import dev.berth.core.sigv4.Verification.Refused;
import dev.berth.core.sigv4.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Verifies AWS Signature Version 4 in its Authorization header form ("AWS Signature Version 4 for
 * API requests" in the IAM User Guide). What it relies on is always what was received: the body is
 * hashed here, and a payload hash that the client claims is only compared.
 */
public final class SigV4Verifier {

  private static final Pattern METHOD = Pattern.compile("[A-Z]+");
  private static final Pattern PRESIGNED =
      Pattern.compile(
          "(^|&)X-Amz-(Signature|Algorithm|Credential)(=|&|$)", Pattern.CASE_INSENSITIVE);
  private static final Pattern ACCESS_KEY_ID = Pattern.compile("\\w{1,128}");

  /** CloudFront adds it behind the client's back, and nothing here reads it. */
  private static final String ADDED_BY_CLOUDFRONT = "x-amz-cf-id";

  private final Clock clock;

  public SigV4Verifier(Clock clock) {
    this.clock = clock;
  }

  /** Never throws for what is in the request; whatever {@code keys} throws passes through. */
  public Verification verify(SignedRequest request, ExpectedScope expected, KeyLookup keys) {
    return switch (verifyHead(request, expected, keys)) {
      case Refused refused -> refused;
      case HeadVerification.BodyAwaited head -> head.verify(request.body());
    };
  }

  /**
   * The first half of {@link #verify}, which it leaves to its answer to complete.
   *
   * @param head the request, with any body
   */
  public HeadVerification verifyHead(SignedRequest head, ExpectedScope expected, KeyLookup keys) {
    try {
      refusePresigned(head);
      Authorization authorization = Authorization.of(head);
      SigningTime time = SigningTime.of(head);
      authorization.scope().check(expected, time);
      time.check(clock);
      checkSignedHeaders(head, authorization.signedHeaders());
      AccessKey key =
          find(keys, authorization.scope().accessKeyId()).orElseThrow(Refusal::unrecognized);
      checkSession(head, key);
      return new HeadVerification.BodyAwaited(head, authorization, time, key);
    } catch (Refusal refusal) {
      return refusal.refused();
    }
  }

  static Verification verifyBody(HeadVerification.BodyAwaited head, byte[] body) {
    try {
      return check(head, body);
    } catch (Refusal refusal) {
      return refusal.refused();
    }
  }

  private static Verified check(HeadVerification.BodyAwaited head, byte[] body) throws Refusal {
    Authorization authorization = head.authorization();
    String payloadHash = payloadHash(head.request(), body);
    String signature =
        Signing.signature(
            head.key().secret(),
            authorization.scope(),
            head.time(),
            CanonicalRequest.of(head.request(), authorization.signedHeaders(), payloadHash));
    if (!equal(signature, authorization.signature())) {
      throw mismatch();
    }
    return new Verified(
        head.key().principal(), authorization.scope().region(), authorization.scope().service());
  }

  /** A temporary key is good with its token alone and while it lasts; another key has no token. */
  private void checkSession(SignedRequest request, AccessKey key) throws Refusal {
    String shown = once(request, "x-amz-security-token").orElse("");
    if (!equal(key.sessionToken().orElse(""), shown)) {
      throw Refusal.unrecognized();
    }
    if (key.principal().session().filter(session -> !session.lasts(clock.instant())).isPresent()) {
      throw Refusal.expired();
    }
  }

  private static void refusePresigned(SignedRequest request) throws Refusal {
    if (PRESIGNED.matcher(request.rawQuery()).find()) {
      throw Refusal.invalid(
          "Presigned requests are not supported: sign the request in its Authorization header.");
    }
    if (!METHOD.matcher(request.method()).matches()) {
      throw mismatch();
    }
  }

  private static void checkSignedHeaders(SignedRequest request, List<String> signed)
      throws Refusal {
    if (!signed.contains("host") || once(request, "host").isEmpty()) {
      throw Refusal.invalid(
          "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    String unsigned =
        request.headers().keySet().stream()
            .filter(name -> name.startsWith("x-amz-") && !name.equals(ADDED_BY_CLOUDFRONT))
            .filter(name -> !signed.contains(name))
            .sorted()
            .collect(Collectors.joining(", "));
    if (!unsigned.isEmpty()) {
      throw Refusal.invalid(
          "There were headers present in the request which were not signed: " + unsigned);
    }
    for (String name : signed) {
      if (request.all(name).isEmpty()) {
        throw Refusal.invalid("The signed header '%s' is not in the request.".formatted(name));
      }
    }
  }

  private static String payloadHash(SignedRequest request, byte[] body) throws Refusal {
    String actual = Signing.sha256(body);
    Optional<String> claimed = once(request, "x-amz-content-sha256");
    if (claimed.isPresent() && !claimed.get().equals(actual)) {
      throw Refusal.invalid(
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    return actual;
  }

  private static Optional<AccessKey> find(KeyLookup keys, String accessKeyId) {
    return ACCESS_KEY_ID.matcher(accessKeyId).matches() ? keys.find(accessKeyId) : Optional.empty();
  }

  /** A header that two readers could take for two things is refused when it is sent twice. */
  private static Optional<String> once(SignedRequest request, String name) throws Refusal {
    List<String> values = request.all(name);
    if (values.size() > 1) {
      throw Refusal.invalid("The header '%s' must be sent once.".formatted(name));
    }
    return values.stream().findFirst().map(String::strip);
  }

  private static boolean equal(String expected, String actual) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }

  private static Refusal mismatch() {
    return Refusal.invalid(
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
  }
}
