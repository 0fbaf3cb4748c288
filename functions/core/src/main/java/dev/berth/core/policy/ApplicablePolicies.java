package dev.berth.core.policy;

import java.util.List;
import java.util.Optional;

/**
 * The policies that have a say in an attempt.
 *
 * @param identity of the principal, or of the role whose session it is: inline and attached ones
 * @param repository of the repository that the attempt is on
 * @param registry of the registry that the attempt is on
 * @param boundary of the principal, or of its role
 * @param session that were given when the role was assumed, which together are its session policy;
 *     empty where none was given
 */
public record ApplicablePolicies(
    List<PolicyDocument> identity,
    Optional<PolicyDocument> repository,
    Optional<PolicyDocument> registry,
    Optional<PolicyDocument> boundary,
    List<PolicyDocument> session) {

  /** None at all: with these only a root may do something, in its own account. */
  public static final ApplicablePolicies NONE =
      new ApplicablePolicies(
          List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  public ApplicablePolicies {
    identity = List.copyOf(identity);
    session = List.copyOf(session);
  }

  /** That the principal has. */
  public ApplicablePolicies withIdentity(PolicyDocument... policies) {
    return new ApplicablePolicies(List.of(policies), repository, registry, boundary, session);
  }

  public ApplicablePolicies withRepository(PolicyDocument policy) {
    return new ApplicablePolicies(identity, Optional.of(policy), registry, boundary, session);
  }

  public ApplicablePolicies withRegistry(PolicyDocument policy) {
    return new ApplicablePolicies(identity, repository, Optional.of(policy), boundary, session);
  }

  public ApplicablePolicies withBoundary(PolicyDocument policy) {
    return new ApplicablePolicies(identity, repository, registry, Optional.of(policy), session);
  }

  public ApplicablePolicies withSession(PolicyDocument... policies) {
    return new ApplicablePolicies(identity, repository, registry, boundary, List.of(policies));
  }
}
