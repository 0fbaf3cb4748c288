package dev.berth.core.token;

import java.time.Instant;

/**
 * What a docker password stands for: a principal, in one region, for a while. It says who asks and
 * not what they may do: that is decided at each request.
 *
 * @param accessKeyId the key that asked for the token; once it is gone the token is of no use
 * @param account of the principal
 * @param principalUniqueId as in {@link dev.berth.core.authz.Principal#uniqueId}
 * @param region whose registries it opens
 * @param expiresAt the first instant at which it is no longer valid
 */
public record AuthorizationToken(
    String accessKeyId,
    String account,
    String principalUniqueId,
    String region,
    Instant issuedAt,
    Instant expiresAt) {}
