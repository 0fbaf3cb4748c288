package dev.berth.registry.identity;

import dev.berth.core.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user or a role brings along to a decision: its inline and attached policies, its
 * permissions boundary and its tags.
 */
public record Grants(
    List<PolicyDocument> policies, Optional<PolicyDocument> boundary, Map<String, String> tags) {

  /** Of a principal that has none, or is no more. */
  public static final Grants NONE = new Grants(List.of(), Optional.empty(), Map.of());

  public Grants {
    policies = List.copyOf(policies);
    tags = Map.copyOf(tags);
  }
}
