package dev.berth.registry.replication;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.text.Excerpt;
import dev.berth.events.EcrEvents;
import dev.berth.events.Envelope;
import dev.berth.events.ImageAction;
import dev.berth.registry.image.ReplicationRecords;
import dev.berth.registry.image.ReplicationRecords.PushedImage;
import dev.berth.registry.settings.ReplicationSettings;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides to where an image that was pushed is replicated, notes it, and asks for an attempt for
 * each destination. What comes in by replication is not told as a push, so it goes no further.
 */
public final class ReplicationPlanning {

  private static final Pattern REPOSITORY =
      Pattern.compile("arn:[a-z-]+:ecr:[a-z0-9-]+:([0-9]{12}):repository/.+");

  private final ReplicationSettings settings;
  private final ReplicationRecords records;
  private final AttemptRequests requests;

  public ReplicationPlanning(
      ReplicationSettings settings, ReplicationRecords records, AttemptRequests requests) {
    this.settings = settings;
    this.records = records;
    this.requests = requests;
  }

  /**
   * @param event as anybody may send it; the same may come twice, and after the image is gone
   * @throws RuntimeException if it is no event of a push to this region, or not all was asked for
   */
  public void plan(JsonNode event) {
    ImageAction action = push(event);
    PushedImage push = push(action);
    Set<Destination> destinations =
        settings
            .findDated(push.account())
            .destinationsOf(push.repositoryName(), action.envelope().time());
    if (!destinations.isEmpty()) {
      requests.ask(records.plan(push, destinations).stream().map(AttemptRequest::of).toList());
    }
  }

  private ImageAction push(JsonNode event) {
    if (EcrEvents.read(event.toString()) instanceof ImageAction action
        && action.actionType().equals("PUSH")
        && action.result().equals("SUCCESS")
        && action.envelope().region().equals(requests.region())) {
      return action;
    }
    throw new IllegalArgumentException(
        "not a push to %s: %s".formatted(requests.region(), Excerpt.of(event.toString())));
  }

  /**
   * The registry's, which the first resource names where the bus puts its own account into the
   * envelope; in ECR's shape there is no resource, and the envelope has it.
   */
  private static String account(Envelope envelope) {
    return envelope.resources().stream()
        .findFirst()
        .map(REPOSITORY::matcher)
        .filter(Matcher::matches)
        .map(arn -> arn.group(1))
        .orElse(envelope.account());
  }

  private static PushedImage push(ImageAction action) {
    return new PushedImage(
        account(action.envelope()),
        new RepositoryName(action.repositoryName()),
        Digest.parse(action.imageDigest())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "not a digest: " + Excerpt.of(action.imageDigest()))),
        action.imageTag().map(Tag::new),
        action.envelope().id());
  }
}
