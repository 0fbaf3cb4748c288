package dev.berth.lambda.iam;

import dev.berth.core.policy.PolicySize;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.IdentityException.NoSuchEntity;
import dev.berth.registry.identity.Permissions;
import dev.berth.registry.identity.User;
import dev.berth.registry.identity.Users;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** Users, which a request has to name. */
class UserKind implements EntityKind {

  private final Users users;

  UserKind(Users users) {
    this.users = users;
  }

  @Override
  public String word() {
    return "User";
  }

  @Override
  public String name(QueryRequest request) {
    return Names.user(request);
  }

  @Override
  public String arn(String account, String name) {
    return "arn:aws:iam::%s:user/%s".formatted(account, name);
  }

  @Override
  public Optional<User> find(String account, String name) {
    return users.find(account, name);
  }

  @Override
  public PolicySize inlineSize() {
    return PolicySize.INLINE_OF_USER;
  }

  @Override
  public void change(String account, String name, UnaryOperator<Permissions> change) {
    users.change(account, name, user -> user.with(change.apply(user.permissions())));
  }

  @Override
  public void retag(String account, String name, UnaryOperator<SortedMap<String, String>> change) {
    users.change(account, name, user -> user.with(change.apply(user.tags())));
  }

  @Override
  public void delete(String account, String name) {
    users.delete(account, name);
  }

  @Override
  public NoSuchEntity absent(String name) {
    return NoSuchEntity.user(name);
  }
}
