package dev.berth.registry.login;

import dev.berth.core.login.CallerIdentityRequest;
import dev.berth.core.login.LoginException.Refused;
import dev.berth.core.login.LoginException.Unavailable;

/** Asks AWS STS who signed a request. */
@FunctionalInterface
public interface AwsIdentity {

  /**
   * The ARN of who signed it.
   *
   * @param audience whom the request must have been signed for
   * @throws Refused if STS does not vouch for it
   * @throws Unavailable if STS cannot be asked
   */
  String signer(CallerIdentityRequest request, String audience);
}
