package dev.berth.lambda.oci;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.http.Response;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.upload.Body;
import dev.berth.registry.upload.Uploads;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * POST of an upload: its begin, a mount from another repository, or a blob in a single request
 * ("Pushing blobs", "Mounting a blob from another repository").
 */
final class StartUpload implements Exchange {

  private final Uploads uploads;
  private final Layers layers;
  private final Access access;
  private final OptionalLong smallestChunk;

  /**
   * @param smallestChunk the bytes that a chunk should have at least; see {@link OciApi}
   */
  StartUpload(Uploads uploads, Layers layers, Access access, OptionalLong smallestChunk) {
    this.uploads = uploads;
    this.layers = layers;
    this.access = access;
    this.smallestChunk = smallestChunk;
  }

  @Override
  public Response answer(Call call) throws IOException {
    Optional<Digest> mount = call.query("mount").map(Call::digest);
    if (mount.isPresent()) {
      return mount(call, mount.get())
          .map(link -> UploadAnswer.created(call.repository(), link.digest()))
          .orElseGet(() -> begin(call, mount));
    }
    Optional<Digest> named = call.query("digest").map(Call::digest);
    Optional<Body> body = named.isPresent() ? body(call) : Optional.empty();
    return body.isPresent() ? whole(call, named.get(), body.get()) : begin(call, named);
  }

  /** A mount that cannot be made, or may not, is an upload like any other. */
  private Optional<LayerLink> mount(Call call, Digest digest) {
    return call.query("from")
        .flatMap(RepositoryName::parse)
        .filter(from -> mayRead(call, from))
        .flatMap(from -> layers.mount(call.account(), call.repository(), from, digest));
  }

  private boolean mayRead(Call call, RepositoryName from) {
    return access.allows(call.request(), call.principal(), "GetDownloadUrlForLayer", from);
  }

  private Response whole(Call call, Digest digest, Body body) {
    uploads.uploadWhole(call.uploader(), digest, body);
    return UploadAnswer.created(call.repository(), digest);
  }

  private Response begin(Call call, Optional<Digest> named) {
    Optional<Algorithm> announced =
        call.query("digest-algorithm")
            .map(StartUpload::algorithm)
            .or(() -> named.map(Digest::algorithm));
    Response answer =
        UploadAnswer.of(202, call.repository(), uploads.begin(call.uploader(), announced));
    return smallestChunk.isPresent()
        ? answer.with("OCI-Chunk-Min-Length", Long.toString(smallestChunk.getAsLong()))
        : answer;
  }

  private static Algorithm algorithm(String text) {
    return Arrays.stream(Algorithm.values())
        .filter(algorithm -> algorithm.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> OciError.DigestInvalid.unknownAlgorithm(text));
  }

  /**
   * The blob that comes along. A client that names a digest and sends nothing begins an upload: it
   * is about to PUT the blob (regclient does so).
   */
  private static Optional<Body> body(Call call) throws IOException {
    OptionalLong length = call.request().contentLength();
    if (length.isPresent()) {
      return length.getAsLong() == 0 ? Optional.empty() : Optional.of(call.body());
    }
    var bytes = new PushbackInputStream(call.request().body());
    int first = bytes.read();
    if (first < 0) {
      return Optional.empty();
    }
    bytes.unread(first);
    return Optional.of(new Body(bytes, length));
  }
}
