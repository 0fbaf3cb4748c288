package dev.berth.registry.scan.layer;

/** A layer that cannot be scanned; the message says why, for the image's owner to read. */
public final class LayerException extends RuntimeException {

  // the layer's fault, not ours: where in our code it was noticed is of no interest
  LayerException(String message) {
    super(message, null, false, false);
  }
}
