package dev.berth.lambda.iam;

import dev.berth.lambda.query.Permission;
import dev.berth.lambda.query.QueryAction;
import dev.berth.lambda.query.QueryError;
import dev.berth.lambda.query.QueryRequest;
import java.util.List;

/** One action of the IAM API, which is on one resource. */
interface IamAction extends QueryAction {

  /**
   * The ARN that the action is on; {@code *} where it has none.
   *
   * @throws QueryError if the parameters do not meet the model's constraints
   */
  String resource(QueryRequest request);

  @Override
  default List<Permission> permissions(QueryRequest request) {
    return List.of(new Permission(IamApi.SERVICE + ":" + name(), resource(request)));
  }
}
