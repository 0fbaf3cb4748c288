package dev.berth.lambda.oci;

import dev.berth.core.oci.Digest;
import dev.berth.lambda.http.ByteRange;
import dev.berth.lambda.http.ByteRange.Part;
import dev.berth.lambda.http.ByteRange.Unsatisfiable;
import dev.berth.lambda.http.ByteRange.Whole;
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
        layer(call, digest).orElseThrow(() -> new OciError.BlobUnknown(call.repository(), digest));
    Headers headers =
        Headers.of(
            "Content-Type", "application/octet-stream",
            "Accept-Ranges", "bytes",
            "Docker-Content-Digest", digest.toString());
    return switch (ByteRange.of(call.request(), layer.size())) {
      case Whole() -> new Response(200, headers, new Body.Blob(layer.objectKey(), 0, layer.size()));
      case Part part -> partial(headers, layer, part);
      case Unsatisfiable() ->
          throw new OciError.SizeInvalid(
              call.request().headers().first("Range").orElse(""), layer.size());
    };
  }

  /** HEAD asks for no bytes, so not for their key either. */
  private Optional<LayerLink> layer(Call call, Digest digest) {
    return call.request().method().equals("HEAD")
        ? layers.stat(call.account(), call.repository(), digest)
        : layers.open(call.account(), call.repository(), digest);
  }

  private static Response partial(Headers headers, LayerLink layer, Part range) {
    return new Response(
        206,
        headers.with("Content-Range", range.contentRange(layer.size())),
        new Body.Blob(layer.objectKey(), range.offset(), range.length()));
  }
}
