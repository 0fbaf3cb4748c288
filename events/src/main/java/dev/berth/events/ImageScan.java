package dev.berth.events;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A scan of an image ended (ECR user guide, "Event for a completed image scan").
 *
 * @param scanStatus {@code COMPLETE} or {@code FAILED}
 * @param findingSeverityCounts findings by severity, such as {@code CRITICAL}, in the order given;
 *     without those that were not found
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
    // in their order, so that an event is written the same each time
    findingSeverityCounts = Collections.unmodifiableMap(new LinkedHashMap<>(findingSeverityCounts));
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
