package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.AccessKeys;
import dev.berth.registry.identity.AccessKeys.Created;
import java.util.List;

/** Makes an access key. Its secret is in this answer, and in no other. */
record CreateAccessKey(OwnUserKind kind, AccessKeys keys) implements OwnUserAction {

  @Override
  public String name() {
    return "CreateAccessKey";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    KeyParameters.checkNotOfRoot(request);
    String user = kind.name(request);
    Created created = keys.create(request.account(), user);
    return List.of(
        Element.of(
            "AccessKey",
            Element.of("UserName", user),
            Element.of("AccessKeyId", created.key().id()),
            Element.of("Status", KeyParameters.status(created.key().active())),
            Element.of("SecretAccessKey", created.secret()),
            Element.of("CreateDate", created.key().createdAt())));
  }
}
