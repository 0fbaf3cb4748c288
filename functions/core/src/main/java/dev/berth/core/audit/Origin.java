package dev.berth.core.audit;

import dev.berth.core.authz.Principal;
import java.time.Instant;

/**
 * Where a call came from, and when it was done.
 *
 * @param region of the service that was called
 * @param sourceAddress the client's IP address
 * @param userAgent as the client says; {@value #LONGEST_AGENT} characters are recorded
 */
public record Origin(
    UserIdentity.Caller caller,
    Instant time,
    String region,
    String sourceAddress,
    String userAgent,
    String requestId) {

  /** CloudTrail's bound: 1 KB. */
  static final int LONGEST_AGENT = 1024;

  public Origin {
    userAgent = Elements.cut(userAgent, LONGEST_AGENT);
  }

  public Origin(
      Principal principal,
      Instant time,
      String region,
      String sourceAddress,
      String userAgent,
      String requestId) {
    this(UserIdentity.of(principal), time, region, sourceAddress, userAgent, requestId);
  }
}
