package dev.berth.registry.identity;

import dev.berth.core.authz.Principal;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.util.Collection;

/**
 * Who there is in the accounts of a deployment, in all its regions. What is changed by one of these
 * shows at once in what it answers, what another one changes within five seconds.
 */
public final class Identities {

  private final Table home;
  private final Users users;
  private final Roles roles;
  private final CustomerPolicies policies;
  private final AccessKeys accessKeys;
  private final Sessions sessions;
  private final TakenLogins takenLogins;
  private final ServiceLinkedRoles serviceLinkedRoles;
  private final PrincipalKeys keys;
  private final PrincipalGrants grants;

  /**
   * @param home the table of the home region, which has the identities of all
   * @param roots the access keys of the accounts' roots
   */
  public Identities(Table home, DeploymentSecret secret, KeyLookup roots, Clock clock) {
    this.home = home;
    var items = new KeyItem(new SealedText(secret.secretBox(Purpose.ACCESS_KEY_SECRET)));
    this.grants = new PrincipalGrants(home, clock);
    this.keys = new PrincipalKeys(home, roots, items, grants, clock);
    this.users = new Users(home, grants::forget);
    this.roles = new Roles(home, grants::forget);
    this.policies = new CustomerPolicies(home);
    this.accessKeys = new AccessKeys(users, items, keys::forget, clock);
    this.sessions = new Sessions(home, items, clock);
    this.takenLogins = new TakenLogins(home);
    this.serviceLinkedRoles = new ServiceLinkedRoles(home, clock);
  }

  /** Brings what an earlier version wrote of these accounts into the form that is read now. */
  public void renew(Collection<String> accounts) {
    accounts.forEach(account -> FormerRoles.renew(home, account));
  }

  public Users users() {
    return users;
  }

  public Roles roles() {
    return roles;
  }

  public CustomerPolicies policies() {
    return policies;
  }

  public AccessKeys accessKeys() {
    return accessKeys;
  }

  public Sessions sessions() {
    return sessions;
  }

  public TakenLogins takenLogins() {
    return takenLogins;
  }

  public ServiceLinkedRoles serviceLinkedRoles() {
    return serviceLinkedRoles;
  }

  /** The access keys that may be used now. */
  public KeyLookup keys() {
    return keys;
  }

  /** What a principal's own policies say; none for a root. */
  public Grants grants(Principal principal) {
    return grants.of(principal);
  }
}
