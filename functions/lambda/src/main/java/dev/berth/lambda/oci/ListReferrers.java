package dev.berth.lambda.oci;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.lambda.http.Response;
import dev.berth.registry.image.Referrers;
import dev.berth.registry.image.Referrers.Referrer;
import dev.berth.registry.store.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * GET of the manifests that refer to a subject, as an index ("Listing Referrers"). The manifests of
 * a page have at most 4 MiB together, and so has the index, which says less of each: the
 * specification asks that clients can read an index as large as a manifest may be.
 */
final class ListReferrers implements Exchange {

  private static final int PAGE = 100;

  private static final String ARTIFACT_TYPE = "artifactType";

  private final Referrers referrers;

  ListReferrers(Referrers referrers) {
    this.referrers = referrers;
  }

  @Override
  public Response answer(Call call) {
    Digest subject = call.digest();
    Optional<String> type = call.query(ARTIFACT_TYPE).filter(text -> !text.isEmpty());
    Page<Referrer> page =
        referrers.list(
            call.account(), call.repository(), subject, type, PageRequest.after(call), PAGE);
    Response response = index(page.entries());
    if (type.isPresent()) {
      response = response.with("OCI-Filters-Applied", ARTIFACT_TYPE);
    }
    if (page.next().isEmpty()) {
      return response;
    }
    var query = new LinkedHashMap<String, String>();
    type.ifPresent(text -> query.put(ARTIFACT_TYPE, text));
    query.put("last", page.next().get());
    return NextPage.link(
        response, "/v2/%s/referrers/%s".formatted(call.repository(), subject), query);
  }

  private static Response index(List<Referrer> referrers) {
    var index = new LinkedHashMap<String, Object>();
    index.put("schemaVersion", 2);
    index.put("mediaType", MediaTypes.OCI_INDEX);
    index.put("manifests", referrers.stream().map(ListReferrers::descriptor).toList());
    return Json.response(200, MediaTypes.OCI_INDEX, index);
  }

  private static Map<String, Object> descriptor(Referrer referrer) {
    var descriptor = new LinkedHashMap<String, Object>();
    descriptor.put("mediaType", referrer.mediaType());
    descriptor.put("digest", referrer.digest().toString());
    descriptor.put("size", referrer.size());
    referrer.artifactType().ifPresent(type -> descriptor.put(ARTIFACT_TYPE, type));
    if (!referrer.annotations().isEmpty()) {
      descriptor.put("annotations", referrer.annotations());
    }
    return descriptor;
  }
}
