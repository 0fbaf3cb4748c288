package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import java.util.List;
import java.util.function.Function;

/**
 * Lists what a user or role would be in and what there are none of here: groups and instance
 * profiles. Tools ask before they delete one.
 *
 * @param list the name of the list's element
 */
record ListNothing(String name, EntityKind kind, String list, Paging paging)
    implements EntityAction {

  @Override
  public List<Element> run(QueryRequest request) {
    kind.require(request.account(), kind.name(request));
    return paging.answer(
        request, list, paging.page(request, List.<Element>of()), Function.identity());
  }
}
