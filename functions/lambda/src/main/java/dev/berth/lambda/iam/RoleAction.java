package dev.berth.lambda.iam;

import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.ServiceLinkedRole;

/** An action on one role: a service-linked one, as there are no others yet. */
interface RoleAction extends IamAction {

  @Override
  default String resource(QueryRequest request) {
    String name = Names.role(request);
    String path = ServiceLinkedRole.named(name).map(ServiceLinkedRole::path).orElse("/");
    return "arn:aws:iam::%s:role%s%s".formatted(request.account(), path, name);
  }

  /**
   * The role that the request names.
   *
   * @throws IamError if it can name none; whether the account has it is not known yet
   */
  default ServiceLinkedRole role(QueryRequest request) {
    String name = Names.role(request);
    return ServiceLinkedRole.named(name).orElseThrow(() -> IamErrors.noSuchRole(name));
  }
}
