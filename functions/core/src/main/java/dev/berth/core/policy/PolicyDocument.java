package dev.berth.core.policy;

import dev.berth.core.authz.Principal;
import dev.berth.core.policy.condition.Template;
import java.util.List;
import java.util.Optional;

/**
 * A policy that was found valid, see {@link PolicyReader}, and is ready to decide.
 *
 * @param text the policy's JSON in the form in which ECR answers it: the members as they were
 *     written, indented by two spaces, with a space on either side of each colon
 * @param statements at least one, in the order of the policy
 */
public record PolicyDocument(
    String text, Version version, Optional<String> id, List<Statement> statements) {

  public PolicyDocument {
    statements = List.copyOf(statements);
  }

  /** Of the policy language. */
  public enum Version {
    /** Without policy variables; what a policy that names no version has. */
    V2008_10_17("2008-10-17"),
    V2012_10_17("2012-10-17");

    private final String text;

    Version(String text) {
      this.text = text;
    }

    /** A text in which wildcards, and from 2012 on variables, mean something. */
    Template template(String text) {
      return this == V2008_10_17 ? Template.withoutVariables(text) : Template.parse(text);
    }

    /** As a policy writes it. */
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Whether the policy would keep this caller from replacing it. Only a Deny without conditions
   * counts: whether one with conditions applies to a later call cannot be known now, and a policy
   * that allows nobody leaves the account's own IAM policies to decide.
   */
  public boolean locksOut(Principal caller) {
    return statements.stream()
        .filter(statement -> statement.effect() == Effect.DENY)
        .filter(statement -> statement.conditions().isEmpty())
        .anyMatch(statement -> statement.isAbout(caller, "ecr:SetRepositoryPolicy"));
  }
}
