package dev.berth.core.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image, or another artifact in its form: a config and layers.
 *
 * @param artifactType when empty, the media type of the config takes its place
 */
public record ImageManifest(
    String mediaType,
    Descriptor config,
    List<Descriptor> layers,
    Optional<Descriptor> subject,
    Optional<String> artifactType,
    Map<String, String> annotations)
    implements Manifest {

  public ImageManifest {
    artifactType = artifactType.or(() -> Optional.of(config.mediaType()));
  }

  @Override
  public List<Digest> blobs() {
    return pushed().map(Descriptor::digest).distinct().toList();
  }

  @Override
  public List<Digest> children() {
    return List.of();
  }

  /**
   * Bytes of the config and the layers that are pushed, each as often as it is listed. The ECR
   * model says of imageSizeInBytes only "the size of the image in the repository", compressed; the
   * config is in the repository too, so it counts. (A list's size is that of its largest image,
   * which its manifest does not tell.)
   */
  public long imageSize() {
    return pushed().mapToLong(Descriptor::size).sum();
  }

  private Stream<Descriptor> pushed() {
    return Stream.concat(Stream.of(config), layers.stream().filter(Descriptor::isPushed));
  }
}
