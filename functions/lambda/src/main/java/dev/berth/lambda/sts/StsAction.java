package dev.berth.lambda.sts;

import dev.berth.lambda.query.Permission;
import dev.berth.lambda.query.QueryAction;
import dev.berth.lambda.query.QueryRequest;
import java.util.List;

/** An action that no policy of the caller's alone decides about. */
interface StsAction extends QueryAction {

  @Override
  default List<Permission> permissions(QueryRequest request) {
    return List.of();
  }
}
