package dev.berth.lambda.oci;

import dev.berth.core.authz.Principal;
import dev.berth.core.token.AuthorizationToken;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.core.token.AuthorizationTokens.Opened;
import dev.berth.lambda.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Tells who makes a request by its Basic credential, {@code AWS:<authorization token>}. */
final class Authentication {

  private static final String USER = "AWS";
  private static final String SCHEME = "Basic ";

  private final AuthorizationTokens tokens;
  private final Principals principals;

  Authentication(AuthorizationTokens tokens, Principals principals) {
    this.tokens = tokens;
    this.principals = principals;
  }

  /**
   * @throws OciError.Unauthorized without a credential that this deployment issued
   * @throws OciError.Denied for a token that is expired or of another region
   */
  Principal authenticate(Request request) {
    List<String> headers = request.headers().all("Authorization");
    if (headers.isEmpty()) {
      throw unauthorized(request, "Authentication is required");
    }
    String password =
        password(headers)
            .orElseThrow(
                () -> unauthorized(request, "The credential is not Basic with the user name AWS"));
    return switch (tokens.open(password)) {
      case Opened.Valid(AuthorizationToken token) -> principal(request, token);
      case Opened.Expired any ->
          throw new OciError.Denied(
              "Your authorization token has expired. Reauthenticate and try again.");
      case Opened.Forged any ->
          throw unauthorized(
              request, "The password is not an authorization token of this registry");
    };
  }

  private Principal principal(Request request, AuthorizationToken token) {
    String region = request.registry().region();
    if (!token.region().equals(region)) {
      throw new OciError.Denied(
          "Your authorization token is for region %s but this registry is in region %s. Get a token with: aws ecr get-login-password --region %s"
              .formatted(token.region(), region, region));
    }
    return principals
        .find(token.accessKeyId(), token.principalUniqueId())
        .orElseThrow(
            () -> unauthorized(request, "The access key of this token is no longer valid"));
  }

  private static Optional<String> password(List<String> headers) {
    String header = headers.getFirst();
    if (headers.size() > 1 || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    return decoded(header.substring(SCHEME.length()).strip())
        .filter(credential -> credential.startsWith(USER + ":"))
        .map(credential -> credential.substring(USER.length() + 1));
  }

  private static Optional<String> decoded(String base64) {
    try {
      // what is not ASCII is in no token, so any charset will do
      byte[] bytes = Base64.getDecoder().decode(base64);
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** The challenge in ECR's form, which clients keep the credential by. */
  private static OciError.Unauthorized unauthorized(Request request, String message) {
    String scheme = request.secure() ? "https" : "http";
    String host = request.host().replaceAll("[^A-Za-z0-9.:_\\[\\]-]", "");
    return new OciError.Unauthorized(
        message, "Basic realm=\"%s://%s/\",service=\"ecr.amazonaws.com\"".formatted(scheme, host));
  }
}
