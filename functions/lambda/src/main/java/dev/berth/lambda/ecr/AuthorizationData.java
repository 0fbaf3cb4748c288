package dev.berth.lambda.ecr;

import dev.berth.core.token.AuthorizationTokens.Issued;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * A token, and where it is good.
 *
 * @param authorizationToken base64 of user and password
 */
public record AuthorizationData(
    String authorizationToken, Instant expiresAt, String proxyEndpoint) {

  static AuthorizationData of(Issued issued, String endpoint) {
    byte[] credentials = ("AWS:" + issued.password()).getBytes(StandardCharsets.UTF_8);
    return new AuthorizationData(
        Base64.getEncoder().encodeToString(credentials), issued.expiresAt(), endpoint);
  }

  /** What GetAuthorizationToken answers, for those who get a token by another way. */
  public static byte[] answer(Issued issued, String endpoint) {
    return EcrJson.write(new GetAuthorizationToken.Response(List.of(of(issued, endpoint))));
  }

  @Override
  public String toString() {
    return "AuthorizationData[" + proxyEndpoint + "]";
  }
}
