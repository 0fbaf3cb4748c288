package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.Permission;
import dev.berth.lambda.query.QueryAction;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.User;
import dev.berth.registry.identity.Users;
import java.time.Clock;
import java.util.List;

/** Makes a user, who may do nothing yet. */
record CreateUser(Users users, Clock clock) implements QueryAction {

  @Override
  public String name() {
    return "CreateUser";
  }

  @Override
  public List<Permission> permissions(QueryRequest request) {
    return NewEntity.permissions(request, "User", made(request).arn());
  }

  @Override
  public List<Element> run(QueryRequest request) {
    User user = made(request);
    users.create(user);
    return List.of(UserElement.of(user));
  }

  private User made(QueryRequest request) {
    return User.made(
        request.account(),
        Names.path(request),
        Names.newUser(request),
        clock.instant(),
        NewEntity.permissions(request),
        Tags.of(request));
  }
}
