package dev.berth.lambda.oci;

import dev.berth.core.oci.Reference;
import java.util.Optional;

/** Reads the reference that the path of a manifest ends with. */
final class ManifestReference {

  private ManifestReference() {}

  /**
   * The reference of a manifest that is to be there. What cannot be a tag is the tag of none: the
   * specification's conformance suite expects 404 for it.
   *
   * @throws OciError.DigestInvalid for a digest that is malformed
   * @throws OciError.ManifestUnknown for a tag that is malformed
   */
  static Reference existing(Call call) {
    return parse(call)
        .orElseThrow(() -> OciError.ManifestUnknown.malformed(call.repository(), call.argument()));
  }

  /**
   * The reference of a manifest that is about to be pushed.
   *
   * @throws OciError.DigestInvalid for a digest that is malformed
   * @throws OciError.TagInvalid for a tag that is malformed
   */
  static Reference pushed(Call call) {
    return parse(call).orElseThrow(() -> OciError.TagInvalid.malformed(call.argument()));
  }

  private static Optional<Reference> parse(Call call) {
    Optional<Reference> reference = Reference.parse(call.argument());
    if (reference.isEmpty() && call.argument().indexOf(':') >= 0) {
      throw OciError.DigestInvalid.malformed(call.argument());
    }
    return reference;
  }
}
