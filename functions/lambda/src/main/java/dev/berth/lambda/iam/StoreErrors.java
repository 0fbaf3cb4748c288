package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.Permission;
import dev.berth.lambda.query.QueryAction;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.IdentityException;
import java.util.List;
import java.util.function.Supplier;

/** An action that answers what the store of identities refuses with IAM's errors. */
record StoreErrors(QueryAction action) implements QueryAction {

  @Override
  public String name() {
    return action.name();
  }

  @Override
  public List<Permission> permissions(QueryRequest request) {
    return answered(() -> action.permissions(request));
  }

  @Override
  public List<Element> run(QueryRequest request) {
    return answered(() -> action.run(request));
  }

  private static <T> T answered(Supplier<T> work) {
    try {
      return work.get();
    } catch (IdentityException refused) {
      throw IamErrors.of(refused);
    }
  }
}
