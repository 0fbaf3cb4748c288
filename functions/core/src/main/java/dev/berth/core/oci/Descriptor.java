package dev.berth.core.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a manifest says of the content that it names (OCI image specification, "Descriptor").
 *
 * @param size in bytes, 0 to {@link #MAX_SIZE}
 * @param urls where else the content can be had
 */
public record Descriptor(
    String mediaType,
    Digest digest,
    long size,
    List<String> urls,
    Optional<String> artifactType,
    Map<String, String> annotations) {

  /** 2<sup>53</sup>-1, the largest integer that every JSON reader holds exactly (RFC 8259, 6). */
  public static final long MAX_SIZE = (1L << 53) - 1;

  /** Whether clients push this content; see {@link MediaTypes#NEVER_PUSHED}. */
  boolean isPushed() {
    return !MediaTypes.NEVER_PUSHED.contains(mediaType);
  }
}
