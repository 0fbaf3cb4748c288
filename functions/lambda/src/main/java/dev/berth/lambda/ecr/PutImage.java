package dev.berth.lambda.ecr;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.ManifestException;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageAlreadyExists;
import dev.berth.registry.RegistryException.ImageDigestDoesNotMatch;
import dev.berth.registry.RegistryException.InvalidManifest;
import dev.berth.registry.image.ImagePush;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.image.ImagePush.Pushed;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes an image of a manifest whose layers are there, or gives an image another tag. */
final class PutImage implements RepositoryOperation<PutImage.Request, PutImage.Response> {

  /**
   * @param imageManifest its text is what is digested: exactly these characters, in UTF-8
   * @param imageManifestMediaType has to be the manifest's own; where neither says, the manifest's
   *     form does
   * @param imageDigest what the caller takes the manifest's digest to be
   */
  record Request(
      Optional<String> registryId,
      String repositoryName,
      String imageManifest,
      Optional<String> imageManifestMediaType,
      Optional<String> imageTag,
      Optional<String> imageDigest)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.length("imageManifest", imageManifest, 1, ManifestReader.MAX_BYTES);
      imageTag.ifPresent(tag -> Constraints.imageTag("imageTag", tag));
      imageDigest.ifPresent(digest -> Constraints.digest("imageDigest", digest));
    }
  }

  record Response(ImageDocument image) {}

  private final ImagePush images;

  PutImage(ImagePush images) {
    this.images = images;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    Push push = push(request);
    Pushed pushed = images.push(account, request.name(), push);
    if (!pushed.changed()) {
      throw new ImageAlreadyExists(account, request.name(), pushed.digest(), push.tag());
    }
    return new Response(
        new ImageDocument(
            account,
            request.repositoryName(),
            ImageIdentifier.of(pushed.digest(), push.tag()),
            request.imageManifest(),
            push.manifest().mediaType()));
  }

  private static Push push(Request request) {
    byte[] bytes = request.imageManifest().getBytes(StandardCharsets.UTF_8);
    Manifest manifest = read(bytes, request.imageManifestMediaType());
    Optional<Digest> named = request.imageDigest().flatMap(Digest::parse);
    Algorithm algorithm = named.map(Digest::algorithm).orElse(Algorithm.SHA256);
    var push = new Push(bytes, manifest, algorithm, request.imageTag().map(Tag::new));
    if (named.isPresent() && !push.digest().equals(named.get())) {
      throw new ImageDigestDoesNotMatch();
    }
    return push;
  }

  private static Manifest read(byte[] bytes, Optional<String> mediaType) {
    try {
      return ManifestReader.read(bytes, mediaType);
    } catch (ManifestException e) {
      throw new InvalidManifest(e.getMessage());
    }
  }
}
