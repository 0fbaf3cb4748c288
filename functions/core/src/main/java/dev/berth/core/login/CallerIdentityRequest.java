package dev.berth.core.login;

import java.time.Instant;

/**
 * A presigned request that was found to be harmless: a GET that asks AWS STS who signed it.
 *
 * @param url of an endpoint that requests may be sent to
 * @param signature 64 digits in hex, which no other request has
 * @param expiresAt the first instant at which it is no longer taken
 */
public record CallerIdentityRequest(String url, String signature, Instant expiresAt) {

  /** The header that is signed beside the host: for whom the request was signed. */
  public static final String AUDIENCE_HEADER = "x-k8s-aws-id";

  /** Without what it is good for. */
  @Override
  public String toString() {
    return "CallerIdentityRequest[expiresAt=" + expiresAt + "]";
  }
}
