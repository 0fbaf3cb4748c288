package dev.berth.lambda.iam;

import dev.berth.core.authz.Principal;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.User;
import dev.berth.registry.identity.User.UserKey;
import dev.berth.registry.identity.Users;
import java.util.List;
import java.util.function.Function;

/** The access keys of a user, without their secrets; of a root the one that it calls with. */
record ListAccessKeys(OwnUserKind kind, Users users, Paging paging) implements OwnUserAction {

  @Override
  public String name() {
    return "ListAccessKeys";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    List<Element> keys =
        OwnUserKind.isOfRoot(request)
            ? List.of(ofRoot(request.caller()))
            : of(users.require(request.account(), kind.name(request)));
    return paging.answer(
        request, "AccessKeyMetadata", paging.page(request, keys), Function.identity());
  }

  private static List<Element> of(User user) {
    return user.keys().stream().map(key -> element(user, key)).toList();
  }

  private static Element element(User user, UserKey key) {
    return Element.of(
        "member",
        Element.of("UserName", user.name()),
        Element.of("AccessKeyId", key.id()),
        Element.of("Status", KeyParameters.status(key.active())),
        Element.of("CreateDate", key.createdAt()));
  }

  private static Element ofRoot(Principal root) {
    return Element.of(
        "member",
        Element.of("AccessKeyId", root.accessKeyId()),
        Element.of("Status", KeyParameters.ACTIVE));
  }
}
