package dev.berth.lambda.oci;

import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.http.Response;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.store.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GET of the names of a registry's repositories (CNCF Distribution's API, "Catalog"). */
final class Catalog implements Exchange {

  private final Repositories repositories;

  Catalog(Repositories repositories) {
    this.repositories = repositories;
  }

  @Override
  public Response answer(Call call) {
    PageRequest page = PageRequest.of(call);
    if (page.limit() == 0) {
      return answer(List.of());
    }
    Page<RepositoryName> names = repositories.names(call.account(), page.after(), page.limit());
    Response response = answer(names.entries());
    if (names.next().isEmpty()) {
      return response;
    }
    var query = new LinkedHashMap<String, String>();
    query.put("n", Integer.toString(page.limit()));
    query.put("last", names.next().get());
    return NextPage.link(response, "/v2/_catalog", query);
  }

  private static Response answer(List<RepositoryName> names) {
    return Json.response(
        200,
        Json.MEDIA_TYPE,
        Map.of("repositories", names.stream().map(RepositoryName::value).toList()));
  }
}
