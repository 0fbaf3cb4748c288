package dev.berth.lambda.oci;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.lambda.http.Response;
import dev.berth.registry.image.ImageListing;
import dev.berth.registry.store.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GET of a repository's tags, in the order of their bytes ("Listing Tags"). */
final class ListTags implements Exchange {

  private final ImageListing images;

  ListTags(ImageListing images) {
    this.images = images;
  }

  @Override
  public Response answer(Call call) {
    PageRequest page = PageRequest.of(call);
    // none are asked for, but the repository has to be there
    Page<Tag> tags =
        images.tags(call.account(), call.repository(), page.after(), Math.max(1, page.limit()));
    return page.limit() == 0
        ? answer(call.repository(), List.of())
        : answer(call.repository(), page.limit(), tags);
  }

  private static Response answer(RepositoryName name, int limit, Page<Tag> tags) {
    Response response = answer(name, tags.entries());
    Optional<String> next = tags.next();
    if (next.isEmpty()) {
      return response;
    }
    var query = new LinkedHashMap<String, String>();
    query.put("n", Integer.toString(limit));
    query.put("last", next.get());
    return NextPage.link(response, "/v2/" + name + "/tags/list", query);
  }

  private static Response answer(RepositoryName name, List<Tag> tags) {
    var body = new LinkedHashMap<String, Object>(Map.of("name", name.value()));
    body.put("tags", tags.stream().map(Tag::value).toList());
    return Json.response(200, Json.MEDIA_TYPE, body);
  }
}
