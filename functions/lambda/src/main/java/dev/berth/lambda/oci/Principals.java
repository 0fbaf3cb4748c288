package dev.berth.lambda.oci;

import dev.berth.core.authz.Principal;
import java.util.Optional;

/** The principals that there are now: a token may be older than the end of its principal. */
@FunctionalInterface
public interface Principals {

  /**
   * The principal that a token stands for.
   *
   * @param accessKeyId the key that the token was asked for with
   * @param uniqueId as in {@link Principal#uniqueId}
   * @return empty once the key is deleted or inactive, or the principal is another one
   */
  Optional<Principal> find(String accessKeyId, String uniqueId);
}
