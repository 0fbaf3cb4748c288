package dev.berth.lambda.sigv4;

import dev.berth.lambda.http.Request;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request says that its signature is scoped to: enough to find the API that it is for, which
 * checks it.
 *
 * @param region such as {@code us-east-1}
 * @param service such as {@code ecr}
 */
public record ClaimedScope(String region, String service) {

  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=[^/,\\s]+/[0-9]{8}/([a-z0-9-]+)/([a-z0-9-]+)/");

  /** Empty for a request that is not signed. */
  public static Optional<ClaimedScope> of(Request request) {
    return request
        .headers()
        .first("authorization")
        .map(CREDENTIAL::matcher)
        .filter(Matcher::find)
        .map(matcher -> new ClaimedScope(matcher.group(1), matcher.group(2)));
  }
}
