package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.identity.Entity;
import java.util.List;
import java.util.function.Function;

/** ListUserTags and ListRoleTags. */
record ListEntityTags(EntityKind kind, Paging paging) implements EntityAction {

  @Override
  public String name() {
    return "List%sTags".formatted(kind.word());
  }

  @Override
  public List<Element> run(QueryRequest request) {
    Entity entity = kind.require(request.account(), kind.name(request));
    var page = paging.page(request, Tags.elements(entity.tags()));
    return paging.answer(request, "Tags", page, Function.identity());
  }
}
