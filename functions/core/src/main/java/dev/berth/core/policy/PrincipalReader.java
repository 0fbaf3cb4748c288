package dev.berth.core.policy;

import dev.berth.core.policy.PolicyPrincipal.Account;
import dev.berth.core.policy.PolicyPrincipal.Anyone;
import dev.berth.core.policy.PolicyPrincipal.Federated;
import dev.berth.core.policy.PolicyPrincipal.Identity;
import dev.berth.core.policy.PolicyPrincipal.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Principal and NotPrincipal. */
final class PrincipalReader {

  private static final Set<String> KINDS = Set.of("AWS", "Service", "Federated");

  // no group is repeated in these patterns: each repetition would take a place on the stack
  private static final Pattern ACCOUNT =
      Pattern.compile("(?:arn:aws[a-z-]*:iam::)?(?<id>[0-9]{12})(?<root>:root)?");
  private static final Pattern IDENTITY =
      Pattern.compile(
          "arn:aws[a-z-]*:(?:iam::[0-9]{12}:(?:user|role)"
              + "|sts::[0-9]{12}:(?:assumed-role|federated-user))/[\\w+=,.@/-]+");
  private static final Pattern SERVICE =
      Pattern.compile("(?!\\.|.*\\.\\.)[a-z0-9.-]+\\.amazonaws\\.com(?:\\.cn)?");
  private static final Pattern PROVIDER = Pattern.compile("[\\w+=,.@:/-]{1,2048}");

  private PrincipalReader() {}

  static List<PolicyPrincipal> read(PolicyNode element) {
    if (element.json().isTextual() && element.text().equals("*")) {
      return List.of(new Anyone());
    }
    Map<String, PolicyNode> kinds = element.members(KINDS);
    if (kinds.isEmpty()) {
      throw element.refused("must name someone");
    }
    List<PolicyPrincipal> principals = new ArrayList<>();
    kinds.forEach(
        (kind, values) -> values.oneOrMore().forEach(value -> principals.add(read(kind, value))));
    return principals;
  }

  private static PolicyPrincipal read(String kind, PolicyNode value) {
    String text = value.text();
    return switch (kind) {
      case "Service" ->
          value.require(
              matched(SERVICE, text).map(Service::new),
              "the name of a service, such as ecs.amazonaws.com");
      case "Federated" ->
          value.require(matched(PROVIDER, text).map(Federated::new), "an identity provider");
      default ->
          value.require(aws(text), "*, an account or the ARN of an account, user, role or session");
    };
  }

  private static Optional<PolicyPrincipal> aws(String text) {
    if (text.equals("*")) {
      return Optional.of(new Anyone());
    }
    Matcher account = ACCOUNT.matcher(text);
    // an ARN says root, the account's id alone does not
    if (account.matches() && text.startsWith("arn:") == (account.group("root") != null)) {
      return Optional.of(new Account(account.group("id")));
    }
    return matched(IDENTITY, text).map(Identity::new);
  }

  private static Optional<String> matched(Pattern pattern, String text) {
    return pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
  }
}
