package dev.berth.registry.identity;

import dev.berth.core.policy.PolicySize;

/**
 * A request that IAM refuses for what it asks, in its words. An answer, not a fault, so without a
 * stack trace.
 */
public abstract sealed class IdentityException extends RuntimeException {

  private IdentityException(String message) {
    super(message, null, false, false);
  }

  /** What is named is not there. */
  public static final class NoSuchEntity extends IdentityException {
    private NoSuchEntity(String message) {
      super(message);
    }

    public static NoSuchEntity user(String name) {
      return new NoSuchEntity("The user with name %s cannot be found.".formatted(name));
    }

    public static NoSuchEntity role(String name) {
      return new NoSuchEntity("The role with name %s cannot be found.".formatted(name));
    }

    public static NoSuchEntity accessKey(String id) {
      return new NoSuchEntity("The Access Key with id %s cannot be found.".formatted(id));
    }

    public static NoSuchEntity policy(String arn) {
      return new NoSuchEntity("Policy %s does not exist or is not attachable.".formatted(arn));
    }
  }

  /** Another one of its kind has that name. */
  public static final class EntityAlreadyExists extends IdentityException {
    private EntityAlreadyExists(String message) {
      super(message);
    }

    public static EntityAlreadyExists user(String name) {
      return new EntityAlreadyExists("User with name %s already exists.".formatted(name));
    }

    public static EntityAlreadyExists role(String name) {
      return new EntityAlreadyExists("Role with name %s already exists.".formatted(name));
    }

    public static EntityAlreadyExists policy(String name) {
      return new EntityAlreadyExists(
          "A policy called %s already exists. Duplicate names are not allowed.".formatted(name));
    }
  }

  /** Something else still depends on it. */
  public static final class DeleteConflict extends IdentityException {
    public DeleteConflict(String message) {
      super(message);
    }
  }

  /** A session's policies and tags are too much together (STS API, AssumeRole). */
  public static final class PackedPolicyTooLarge extends IdentityException {
    PackedPolicyTooLarge() {
      super(
          "The total packed size of the session policies and session tags combined is too large.");
    }
  }

  /** There would be more than there may be. */
  public static final class LimitExceeded extends IdentityException {
    private LimitExceeded(String message) {
      super(message);
    }

    /**
     * @param quota as IAM names it: {@code AccessKeysPerUser}
     */
    public static LimitExceeded quota(String quota, int most) {
      return new LimitExceeded("Cannot exceed quota for %s: %d".formatted(quota, most));
    }

    /**
     * @param owner kind and name: {@code user alice}
     */
    public static LimitExceeded size(PolicySize size, String owner) {
      return new LimitExceeded(
          "Maximum policy size of %d bytes exceeded for %s".formatted(size.limit(), owner));
    }
  }
}
