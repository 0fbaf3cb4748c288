package dev.berth.registry.scan.facts;

import dev.berth.core.oci.Digest;

/**
 * A layer that cannot be scanned; the message names it and says why, for the image's owner. An
 * answer, not a fault, so without a stack trace.
 */
public final class UnreadableLayerException extends RuntimeException {

  UnreadableLayerException(Digest layer, String why) {
    super("layer %s cannot be scanned: %s".formatted(layer, why), null, false, false);
  }
}
