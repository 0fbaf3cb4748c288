package dev.berth.lambda.oci;

import dev.berth.lambda.http.Response;
import java.util.Map;

/**
 * GET /v2/: whether this is such a registry, and whether the credential is good ("Determining
 * Support").
 */
final class Ping implements Exchange {

  @Override
  public Response answer(Call call) {
    return Json.response(200, Json.MEDIA_TYPE, Map.of());
  }
}
