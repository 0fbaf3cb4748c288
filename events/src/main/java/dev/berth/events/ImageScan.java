package dev.berth.events;

import java.util.List;
import java.util.Map;

/**
 * A scan of an image ended (ECR user guide, "Event for a completed image scan").
 *
 * @param scanStatus {@code COMPLETE} or {@code FAILED}
 * @param findingSeverityCounts findings by severity, such as {@code CRITICAL}; without those that
 *     were not found
 */
public record ImageScan(
    Envelope envelope,
    String scanStatus,
    String repositoryName,
    Map<String, Long> findingSeverityCounts,
    String imageDigest,
    List<String> imageTags)
    implements EcrEvent {

  public static final String DETAIL_TYPE = "ECR Image Scan";

  public ImageScan {
    findingSeverityCounts = Map.copyOf(findingSeverityCounts);
    imageTags = List.copyOf(imageTags);
  }

  @Override
  public String detailType() {
    return DETAIL_TYPE;
  }

  static ImageScan read(Envelope envelope, Members detail) {
    return new ImageScan(
        envelope,
        detail.text("scan-status"),
        detail.text("repository-name"),
        detail.counts("finding-severity-counts"),
        detail.text("image-digest"),
        detail.texts("image-tags"));
  }
}
