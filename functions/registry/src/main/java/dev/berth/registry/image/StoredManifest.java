package dev.berth.registry.image;

import dev.berth.core.oci.Digest;

/**
 * A manifest as it was pushed.
 *
 * @param bytes exactly those whose digest it has: to be left as they are
 */
public record StoredManifest(Digest digest, String mediaType, byte[] bytes) {}
