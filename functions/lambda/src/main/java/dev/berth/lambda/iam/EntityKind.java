package dev.berth.lambda.iam;

import dev.berth.core.policy.PolicySize;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.identity.Permissions;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** Users or roles: what sets the actions of the one apart from those of the other. */
interface EntityKind {

  /** As it is in the names of actions and parameters: {@code User}. */
  String word();

  /** The name that a request is about. */
  String name(QueryRequest request);

  /** The ARN of one that may not be there. */
  String arn(String account, String name);

  Optional<? extends Entity> find(String account, String name);

  /** Of all inline policies together. */
  PolicySize inlineSize();

  /**
   * Changes policies and boundary; what the change throws passes through.
   *
   * @throws NoSuchEntity if there is none of that name, or no policy that it is to have
   */
  void change(String account, String name, UnaryOperator<Permissions> change);

  /** Changes the tags, as {@link #change} the policies. */
  void retag(String account, String name, UnaryOperator<SortedMap<String, String>> change);

  void delete(String account, String name);

  default Entity require(String account, String name) {
    return find(account, name).orElseThrow(() -> absent(name));
  }

  NoSuchEntity absent(String name);

  /** As messages name it: {@code user alice}. */
  default String owner(String name) {
    return "%c%s %s".formatted(Character.toLowerCase(word().charAt(0)), word().substring(1), name);
  }
}
