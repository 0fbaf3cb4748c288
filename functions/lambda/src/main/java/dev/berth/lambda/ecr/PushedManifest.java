package dev.berth.lambda.ecr;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.ManifestException;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageDigestDoesNotMatch;
import dev.berth.registry.RegistryException.InvalidManifest;
import dev.berth.registry.image.ImagePush.Push;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The image that a request brings. */
final class PushedManifest {

  private PushedManifest() {}

  /**
   * @param text what is digested: exactly these characters, in UTF-8
   * @param mediaType has to be the manifest's own; where neither says, the manifest's form does
   * @param digest what the caller takes the manifest's digest to be
   * @throws InvalidManifest if it is none
   * @throws ImageDigestDoesNotMatch if it has another digest
   */
  static Push read(
      String text, Optional<String> mediaType, Optional<String> digest, Optional<String> tag) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Optional<Digest> named = digest.flatMap(Digest::parse);
    Algorithm algorithm = named.map(Digest::algorithm).orElse(Algorithm.SHA256);
    var push = new Push(bytes, manifest(bytes, mediaType), algorithm, tag.map(Tag::new));
    if (named.isPresent() && !push.digest().equals(named.get())) {
      throw new ImageDigestDoesNotMatch();
    }
    return push;
  }

  private static Manifest manifest(byte[] bytes, Optional<String> mediaType) {
    try {
      return ManifestReader.read(bytes, mediaType);
    } catch (ManifestException e) {
      throw new InvalidManifest(e.getMessage());
    }
  }
}
