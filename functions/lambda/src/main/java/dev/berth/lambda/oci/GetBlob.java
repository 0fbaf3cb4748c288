package dev.berth.lambda.oci;

import dev.berth.core.oci.Digest;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Layers;
import java.util.Optional;

/** GET and HEAD of a blob, whole or a single range of it ("Pulling blobs"). */
final class GetBlob implements Exchange {

  private final Layers layers;

  GetBlob(Layers layers) {
    this.layers = layers;
  }

  @Override
  public Response answer(Call call) {
    Digest digest = call.digest();
    LayerLink layer =
        layers
            .stat(call.account(), call.repository(), digest)
            .orElseThrow(() -> new OciError.BlobUnknown(call.repository(), digest));
    Headers headers =
        Headers.of(
            "Content-Type", "application/octet-stream",
            "Accept-Ranges", "bytes",
            "Docker-Content-Digest", digest.toString());
    return range(call, layer.size())
        .map(range -> partial(headers, layer, range))
        .orElseGet(
            () ->
                new Response(
                    200, headers, new Body.Blob(layer.objectKey(), 0, layer.size())));
  }

  /** Ranges are for GET alone (RFC 9110, 14.2). */
  private static Optional<ByteRange> range(Call call, long size) {
    return call.request().method().equals("GET")
        ? call.request().headers().first("Range").flatMap(header -> ByteRange.of(header, size))
        : Optional.empty();
  }

  private static Response partial(Headers headers, LayerLink layer, ByteRange range) {
    return new Response(
        206,
        headers.with("Content-Range", range.contentRange(layer.size())),
        new Body.Blob(layer.objectKey(), range.offset(), range.length()));
  }
}
