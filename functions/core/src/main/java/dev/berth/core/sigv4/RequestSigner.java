package dev.berth.core.sigv4;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Signs requests with Signature Version 4 in its Authorization header form, for services other than
 * S3 ("Create a signed AWS API request" of the IAM User Guide). Everything that a request has is
 * signed: body, host and all other headers.
 *
 * @param service of the credential scope: {@code ecr}
 * @param region of the credential scope: the region that is called
 */
public record RequestSigner(Credentials credentials, String service, String region) {

  private static final String AUTHORIZATION = "authorization";
  private static final String DATE = "x-amz-date";
  private static final String TOKEN = "x-amz-security-token";
  private static final String HOST = "host";

  /** What signing adds. */
  private static final Set<String> OURS = Set.of(AUTHORIZATION, DATE, TOKEN, "date");

  /**
   * An access key. Never printed with its secret.
   *
   * @param sessionToken sent along, for a temporary key
   */
  public record Credentials(String accessKeyId, String secretKey, Optional<String> sessionToken) {

    @Override
    public String toString() {
      return "Credentials[" + accessKeyId + "]";
    }
  }

  /**
   * The request with the headers that sign it: a date, the session's token if there is one, and the
   * authorization.
   *
   * @param request with its {@code host}, and none of those headers
   * @param at when it is sent; what receives it takes it for five minutes
   * @throws IllegalArgumentException if it has no host, or such a header already
   */
  public SignedRequest sign(SignedRequest request, Instant at) {
    var time = new SigningTime(at);
    SignedRequest dated = dated(request, time);
    List<String> names = List.copyOf(dated.headers().keySet());
    var scope =
        new CredentialScope(
            credentials.accessKeyId(), time.date(), region, service, CredentialScope.TERMINATOR);
    String canonical = CanonicalRequest.of(dated, names, Signing.sha256(dated.body()));
    String signature = Signing.signature(credentials.secretKey(), scope, time, canonical);
    var headers = new TreeMap<>(dated.headers());
    headers.put(AUTHORIZATION, List.of(new Authorization(scope, names, signature).header()));
    return with(request, headers);
  }

  private SignedRequest dated(SignedRequest request, SigningTime time) {
    var headers = new TreeMap<>(request.headers());
    for (String name : headers.keySet()) {
      if (OURS.contains(name) || !name.equals(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("not a header to sign: " + name);
      }
    }
    if (request.all(HOST).size() != 1) {
      throw new IllegalArgumentException("a request to sign has one host");
    }
    headers.put(DATE, List.of(time.toString()));
    credentials.sessionToken().ifPresent(token -> headers.put(TOKEN, List.of(token)));
    return with(request, headers);
  }

  private static SignedRequest with(SignedRequest request, Map<String, List<String>> headers) {
    return new SignedRequest(
        request.method(), request.path(), request.rawQuery(), headers, request.body());
  }
}
