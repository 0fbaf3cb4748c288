package dev.berth.samples.events;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.events.EcrEvent;
import dev.berth.events.ImageAction;
import dev.berth.events.ImagePull;
import dev.berth.events.ImageScan;
import dev.berth.events.ReplicationAction;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody wants to know of an event.
 *
 * @param json an object in one line
 */
record Notice(String json) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** 1.2.3 or v1.2.3, not v1.2.3-rc1. */
  private static final Pattern RELEASE = Pattern.compile("v?\\d+\\.\\d+\\.\\d+");

  /** Empty for most events. */
  static Optional<Notice> of(EcrEvent event) {
    return switch (event) {
      case ImageAction action -> release(action);
      case ImageScan scan -> findings(scan);
      case ImagePull _ -> Optional.empty();
      case ReplicationAction _ -> Optional.empty();
    };
  }

  private static Optional<Notice> release(ImageAction action) {
    boolean pushed = action.actionType().equals("PUSH") && action.result().equals("SUCCESS");
    return action
        .imageTag()
        .filter(tag -> pushed && RELEASE.matcher(tag).matches())
        .map(tag -> new Notice(begun("release", action).put("tag", tag).toString()));
  }

  private static Optional<Notice> findings(ImageScan scan) {
    long critical = scan.findingSeverityCounts().getOrDefault("CRITICAL", 0L);
    long high = scan.findingSeverityCounts().getOrDefault("HIGH", 0L);
    if (!scan.scanStatus().equals("COMPLETE") || critical + high == 0) {
      return Optional.empty();
    }
    ObjectNode json = begun("findings", scan).put("critical", critical).put("high", high);
    scan.imageTags().forEach(json.putArray("tags")::add);
    return Optional.of(new Notice(json.toString()));
  }

  private static ObjectNode begun(String what, EcrEvent event) {
    return MAPPER
        .createObjectNode()
        .put("notice", what)
        .put("time", event.envelope().time().toString())
        .put("region", event.envelope().region())
        .put("repository", event.repositoryName())
        .put("digest", event.imageDigest());
  }
}
