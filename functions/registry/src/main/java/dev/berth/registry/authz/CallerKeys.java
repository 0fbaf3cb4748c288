package dev.berth.registry.authz;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.policy.condition.RequestContext;
import dev.berth.registry.identity.Grants;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The condition keys that tell of the principal (IAM User Guide, "AWS global condition context
 * keys": properties of the principal, properties of a role session).
 */
record CallerKeys(Principal principal, Grants grants) implements RequestContext.Source {

  private static final String TAG = "aws:principaltag/";
  private static final String USER = ":user/";

  @Override
  public List<String> values(String key) {
    return key.startsWith(TAG)
        ? tag(key.substring(TAG.length()))
        : value(key).map(List::of).orElse(List.of());
  }

  private Optional<String> value(String key) {
    return switch (key) {
      case "aws:principalarn" -> Optional.of(arn());
      case "aws:principalaccount" -> Optional.of(principal.account());
      case "aws:principaltype" -> Optional.of(type());
      case "aws:principalisawsservice" -> Optional.of("false");
      case "aws:userid" -> Optional.of(principal.uniqueId());
      case "aws:username" -> username();
      case "aws:tokenissuetime" ->
          principal.session().map(session -> session.issuedAt().toString());
      // temporary credentials alone have it, and here nobody shows a second factor for them
      case "aws:multifactorauthpresent" -> principal.session().map(session -> "false");
      default -> Optional.empty();
    };
  }

  /** Of a role's session it is the role's. */
  private String arn() {
    return role().map(Session.AssumedRole::arn).orElse(principal.arn());
  }

  private Optional<Session.AssumedRole> role() {
    return principal.session().flatMap(Session::role);
  }

  private String type() {
    if (principal.isRoot()) {
      return "Account";
    }
    return role().isPresent() ? "AssumedRole" : "User";
  }

  /** Behind the user's path; empty for a root and a role's session, which have none. */
  private Optional<String> username() {
    String arn = principal.arn();
    return arn.contains(USER)
        ? Optional.of(arn.substring(arn.lastIndexOf('/') + 1))
        : Optional.empty();
  }

  /** A session's own tags stand before those of its role with the same key. */
  private List<String> tag(String lowerCaseKey) {
    Map<String, String> own = principal.session().map(Session::tags).orElse(Map.of());
    List<String> values = TagKeys.values(own, lowerCaseKey);
    return values.isEmpty() ? TagKeys.values(grants.tags(), lowerCaseKey) : values;
  }
}
