package dev.berth.registry.login;

import dev.berth.core.authz.Principal;
import dev.berth.core.login.AwsPrincipals;
import dev.berth.core.login.CallerIdentityRequest;
import dev.berth.core.login.LoginException;
import dev.berth.core.login.LoginException.Refused;
import dev.berth.core.login.LoginException.Throttled;
import dev.berth.core.login.LoginTokens;
import dev.berth.core.login.MappedRole;
import dev.berth.core.login.SessionName;
import dev.berth.core.throttle.Rate;
import dev.berth.core.throttle.RateLimits;
import dev.berth.core.throttle.Throttle;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.identity.Role;
import dev.berth.registry.identity.ServiceLinkedRole;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Logs principals of AWS in. What they present is checked, then shown to STS, then taken once and
 * for all, and only then is there a session: a request that is presented twice gives one session at
 * most, and one that STS does not vouch for leaves nothing behind.
 */
public final class AwsLogins {

  private static final String FROM_ONE_ADDRESS = "FromOneAddress";
  private static final String IN_ALL = "InAll";

  /** Each costs a call to STS. In all as many as authorization tokens by the guide's rate. */
  private static final RateLimits RATES =
      new RateLimits(Map.of(FROM_ONE_ADDRESS, new Rate(5, 50)), new Rate(20, 200));

  private final LoginTokens tokens;
  private final AwsIdentity aws;
  private final AwsPrincipals principals;
  private final Identities identities;
  private final Throttle throttle;

  public AwsLogins(
      AwsLoginSettings settings,
      AwsIdentity aws,
      Identities identities,
      Clock clock,
      LongSupplier nanoTime) {
    this.tokens = new LoginTokens(settings.endpoint(), clock);
    this.aws = aws;
    this.principals = settings.principals();
    this.identities = identities;
    this.throttle = new Throttle(RATES, nanoTime);
  }

  /**
   * Who logged in.
   *
   * @param principal of the new session
   * @param awsArn of the principal of AWS, as STS names it
   */
  public record Login(Principal principal, String awsArn) {}

  /**
   * A new session of the role that the presenter is to be.
   *
   * @param token see {@link LoginTokens}
   * @param audience for whom it must have been signed
   * @param sourceAddress of who presents it
   * @throws LoginException if there is none
   */
  public Login logIn(String token, String audience, String sourceAddress) {
    take(sourceAddress, FROM_ONE_ADDRESS);
    CallerIdentityRequest request = tokens.read(token);
    take("", IN_ALL);
    String arn = aws.signer(request, audience);
    Role role = role(arn);
    if (!identities.takenLogins().take(request)) {
      throw new Refused("The token was used before: get a new one for each login.");
    }
    Principal principal =
        identities
            .sessions()
            .ofRole(role, SessionName.of(arn), AuthorizationTokens.VALIDITY, List.of(), Map.of())
            .principal();
    return new Login(principal, arn);
  }

  private void take(String whose, String rate) {
    if (throttle.take(whose, rate).isPresent()) {
      throw new Throttled();
    }
  }

  /** Whoever is asked for here is known to be it, so it may be told what is missing. */
  private Role role(String arn) {
    MappedRole mapped =
        principals
            .roleOf(arn)
            .orElseThrow(() -> new Refused("No role of this registry is for %s.".formatted(arn)));
    return identities
        .roles()
        .find(mapped.account(), mapped.name())
        .filter(role -> role.arn().equals(mapped.arn()))
        .filter(role -> ServiceLinkedRole.named(role.name()).isEmpty())
        .orElseThrow(
            () ->
                new Refused(
                    "%s is to log in as %s, which is no role that can be assumed here."
                        .formatted(arn, mapped.arn())));
  }
}
