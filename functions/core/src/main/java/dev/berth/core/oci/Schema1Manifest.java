package dev.berth.core.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image as Docker before 1.10 pushed it (Docker, "Image Manifest V 2, Schema 1"): its layers,
 * whose sizes it does not tell, and its configuration within the manifest.
 *
 * @param layers as they are listed, the topmost first; an empty one comes again and again
 * @param payload what is signed and digested: the manifest without its signatures; to be left as it
 *     is
 */
public record Schema1Manifest(String mediaType, List<Digest> layers, byte[] payload)
    implements Manifest {

  /** So that signing a manifest again does not make another image of it. */
  @Override
  public byte[] digested(byte[] sent) {
    return payload;
  }

  @Override
  public List<Digest> blobs() {
    return layers.stream().distinct().toList();
  }

  @Override
  public List<Digest> children() {
    return List.of();
  }

  @Override
  public Optional<Descriptor> subject() {
    return Optional.empty();
  }

  @Override
  public Optional<String> artifactType() {
    return Optional.empty();
  }

  @Override
  public Map<String, String> annotations() {
    return Map.of();
  }
}
