package dev.berth.lambda.iam;

import dev.berth.lambda.query.Permission;
import dev.berth.lambda.query.QueryRequest;
import java.util.List;

/** An action on the user that is named, or else the one who asks, which may be a root. */
interface OwnUserAction extends EntityAction {

  @Override
  OwnUserKind kind();

  @Override
  default List<Permission> permissions(QueryRequest request) {
    return OwnUserKind.isOfRoot(request)
        ? List.of(new Permission(IamApi.SERVICE + ":" + name(), request.caller().arn()))
        : EntityAction.super.permissions(request);
  }
}
