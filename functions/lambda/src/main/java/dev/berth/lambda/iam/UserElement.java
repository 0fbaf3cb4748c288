package dev.berth.lambda.iam;

import dev.berth.core.authz.Principal;
import dev.berth.lambda.query.Element;
import dev.berth.registry.identity.User;
import java.util.ArrayList;
import java.util.List;

/** IAM's User. */
final class UserElement {

  private UserElement() {}

  /** All that there is to say of it. */
  static Element of(User user) {
    List<Element> elements = new ArrayList<>(listed(user));
    elements.addAll(EntityElements.of(user));
    return Element.of("User", elements);
  }

  /** What a list of users says of it. */
  static List<Element> listed(User user) {
    return List.of(
        Element.of("Path", user.path()),
        Element.of("UserName", user.name()),
        Element.of("UserId", user.id()),
        Element.of("Arn", user.arn()),
        Element.of("CreateDate", user.createdAt()));
  }

  /** The root of an account, which has neither path nor name. */
  static Element ofRoot(Principal root) {
    return Element.of("User", Element.of("UserId", root.uniqueId()), Element.of("Arn", root.arn()));
  }
}
