package dev.berth.registry.image;

import dev.berth.core.oci.Digest;

/**
 * A manifest as it was pushed, or in a format that was made of that for a client.
 *
 * @param digest of all the bytes, but for a signed manifest of schema 1: of those that are signed
 * @param bytes to be left as they are
 */
public record StoredManifest(Digest digest, String mediaType, byte[] bytes) {}
