package dev.berth.core.oci;

import java.util.Optional;

/** What names a manifest in a repository (OCI distribution specification, "Definitions"). */
public sealed interface Reference {

  record ByTag(Tag tag) implements Reference {}

  record ByDigest(Digest digest) implements Reference {}

  /** Text with a colon can only be a digest, text without one only a tag. */
  static Optional<Reference> parse(String text) {
    return text.indexOf(':') >= 0
        ? Digest.parse(text).map(ByDigest::new)
        : Tag.parse(text).map(ByTag::new);
  }
}
