package dev.berth.lambda.query;

import java.util.List;

/** One action of an API of the query protocol. */
public interface QueryAction {

  /** As in the model, and as the action's class is called: {@code GetRole}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * What its caller must be allowed, all of it; nothing for an action that everybody may do.
   *
   * @throws QueryError if the parameters do not meet the model's constraints
   */
  List<Permission> permissions(QueryRequest request);

  /**
   * Does it.
   *
   * @return what the result holds; empty for an action that answers nothing
   * @throws QueryError what the action refuses
   */
  List<Element> run(QueryRequest request);
}
