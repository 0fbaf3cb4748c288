package dev.berth.lambda.oci;

import java.util.OptionalLong;

/**
 * What a deployment can set of this wire.
 *
 * @param smallestChunk the bytes that a chunk of an upload should have at least, answered as {@code
 *     OCI-Chunk-Min-Length}; clients that cut blobs obey it, and smaller ones are taken all the
 *     same
 */
public record OciSettings(OptionalLong smallestChunk) {

  public static OciSettings defaults() {
    return new OciSettings(OptionalLong.empty());
  }
}
