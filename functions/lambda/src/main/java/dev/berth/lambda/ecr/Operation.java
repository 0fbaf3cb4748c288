package dev.berth.lambda.ecr;

import java.util.List;

/**
 * One operation of the ECR API. The constructor of its request holds the model's constraints, so
 * that a request that exists is a valid one.
 *
 * @param <I> the request: a record whose members are named as in the model; an absent one is an
 *     empty Optional, or null where the constructor replaces it
 * @param <O> the response, a record likewise
 */
interface Operation<I, O> {

  /** As in the model, and as the operation's class is called: {@code PutImage}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** The IAM action that a caller must be allowed. */
  default String action() {
    return "ecr:" + name();
  }

  /** The ARN that the action is on; {@code *} where the action has none. */
  String resource(I request, Caller caller);

  /** All that a caller must be allowed; of what is not, the first is told. */
  default List<Permission> permissions(I request, Caller caller) {
    return List.of(new Permission(action(), resource(request, caller)));
  }

  /** What is called before, once the caller is known to be allowed this. */
  default List<PriorCall<?, ?>> before(I request, Caller caller) {
    return List.of();
  }

  O run(I request, Caller caller);
}
