package dev.berth.lambda.oci;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Descriptor;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.ManifestException;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Reference;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Reference.ByTag;
import dev.berth.core.oci.Tag;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.registry.image.ImagePush;
import dev.berth.registry.image.ImagePush.Push;
import java.io.IOException;
import java.util.Optional;

/** PUT of a manifest, by tag or by digest ("Pushing Manifests"). */
final class PutManifest implements Exchange {

  private final ImagePush images;

  PutManifest(ImagePush images) {
    this.images = images;
  }

  @Override
  public Response answer(Call call) throws IOException {
    Reference reference = ManifestReference.pushed(call);
    byte[] bytes = body(call.request());
    Manifest manifest = manifest(call.request(), bytes);
    Push push =
        switch (reference) {
          case ByTag(Tag tag) -> new Push(bytes, manifest, Algorithm.SHA256, Optional.of(tag));
          case ByDigest(Digest named) ->
              requireDigest(named, new Push(bytes, manifest, named.algorithm(), Optional.empty()));
        };
    Digest digest = images.push(call.account(), call.repository(), push).digest();
    return created(call, digest, manifest);
  }

  private static Response created(Call call, Digest digest, Manifest manifest) {
    Response response =
        new Response(
            201,
            Headers.of(
                "Location", "/v2/%s/manifests/%s".formatted(call.repository(), digest),
                "Docker-Content-Digest", digest.toString()));
    return manifest
        .subject()
        .map(Descriptor::digest)
        .map(subject -> response.with("OCI-Subject", subject.toString()))
        .orElse(response);
  }

  private static Push requireDigest(Digest named, Push push) {
    Digest actual = push.digest();
    if (!actual.equals(named)) {
      throw OciError.DigestInvalid.mismatch(named, actual);
    }
    return push;
  }

  private static Manifest manifest(Request request, byte[] bytes) {
    try {
      return ManifestReader.read(bytes, request.headers().first("Content-Type"));
    } catch (ManifestException e) {
      throw new OciError.ManifestInvalid(e.getMessage());
    }
  }

  /** Bounded by what is read: the announced length may be absent. */
  private static byte[] body(Request request) throws IOException {
    int limit = ManifestReader.MAX_BYTES;
    if (request.contentLength().orElse(0) > limit) {
      throw new OciError.ManifestInvalid(limit);
    }
    byte[] bytes = request.body().readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw new OciError.ManifestInvalid(limit);
    }
    return bytes;
  }
}
