package dev.berth.core.login;

import dev.berth.core.login.LoginException.Malformed;
import dev.berth.core.login.LoginException.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tokens that {@code aws eks get-token} prints: {@code k8s-aws-v1.} and, in base64url, a
 * presigned GET of GetCallerIdentity. A token is checked here as far as it can be without AWS, so
 * that nothing but that one call ever leaves.
 *
 * <p>It is taken from a minute before it says it was signed until a minute after it says it
 * expires, for clocks differ; the AWS CLI writes 60 seconds, and a signature is never good for more
 * than 15 minutes (IAM User Guide, "Elements of an AWS API request signature").
 */
public final class LoginTokens {

  /** Of a token, in characters: several times what one needs. */
  public static final int MAX_LENGTH = 8 * 1024;

  static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  private static final String PREFIX = "k8s-aws-v1.";

  /** Nothing in such a URL needs another character; so it has no user, fragment or dot segment. */
  private static final Pattern URL =
      Pattern.compile("(?<origin>[a-z]+://[a-z0-9.:\\[\\]-]+)/\\?(?<query>[A-Za-z0-9._~%=&-]+)");

  private final StsEndpoint endpoint;
  private final Clock clock;

  public LoginTokens(StsEndpoint endpoint, Clock clock) {
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /**
   * @throws Malformed if the text is no such token
   * @throws Refused if it is one that leads elsewhere, or at another time
   */
  public CallerIdentityRequest read(String token) {
    Matcher url = URL.matcher(url(token));
    if (!url.matches()) {
      throw new Malformed("The token does not hold the URL of a presigned request to AWS STS.");
    }
    PresignedQuery query = PresignedQuery.parse(url.group("query"));
    if (!endpoint.accepts(url.group("origin"), query.region())) {
      throw new Refused(
          "The token's request is not for an endpoint of AWS STS that is asked here, in the region"
              + " that it was signed for.");
    }
    checkTime(query);
    return new CallerIdentityRequest(
        url.group(), query.signature(), query.expiresAt().plus(CLOCKS_DIFFER));
  }

  private static String url(String token) {
    if (token.length() > MAX_LENGTH || !token.startsWith(PREFIX)) {
      throw new Malformed(
          "The body must be a token as 'aws eks get-token' prints it: it begins with '%s'."
              .formatted(PREFIX));
    }
    try {
      byte[] url = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
      return new String(url, StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException notBase64) {
      throw new Malformed("The token is not base64url behind '%s'.".formatted(PREFIX));
    }
  }

  private void checkTime(PresignedQuery query) {
    Instant now = clock.instant();
    if (query.signedAt().minus(CLOCKS_DIFFER).isAfter(now)) {
      throw new Refused("The token was signed in the future: one of our clocks is wrong.");
    }
    if (!now.isBefore(query.expiresAt().plus(CLOCKS_DIFFER))) {
      throw new Refused("The token has expired: get a new one for each login.");
    }
  }
}
