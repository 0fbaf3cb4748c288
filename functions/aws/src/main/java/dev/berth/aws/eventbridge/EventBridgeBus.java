package dev.berth.aws.eventbridge;

import dev.berth.aws.retry.Backoff;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.events.EcrEvent;
import dev.berth.registry.outbox.EventBus;
import dev.berth.registry.trigger.FunctionRequests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/**
 * A bus of Amazon EventBridge, by PutEvents.
 *
 * <p>What consumers can rely on: detail-type, detail and time are the event's own, and the same
 * whenever it is published again. EventBridge gives each publication an {@code id} of its own, so
 * an event that Berth published twice (after a crash between publishing and noting it) has two ids,
 * while one that EventBridge delivers twice has one. Whoever must not act twice compares
 * detail-type, time and detail, or acts so that twice is as good as once: a tag that moved away and
 * back within a second is told in equal events, too.
 *
 * <p>{@code account} and {@code region} are those of the bus. The registry is named by the first of
 * the resources, the ARN of the repository, which events have here also where ECR's have none;
 * requests to functions have {@code repository/*} of the registry.
 */
public final class EventBridgeBus implements EventBus, FunctionRequests {

  private static final System.Logger LOG = System.getLogger(EventBridgeBus.class.getName());

  private final EventBridgeClient client;
  private final BusSettings settings;
  private final Backoff backoff;

  /**
   * @param settings whose source is to be that of the events that are published
   */
  public EventBridgeBus(EventBridgeClient client, BusSettings settings) {
    this(
        client,
        settings,
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), 6, Thread::sleep));
  }

  /**
   * @param backoff between tries to have requests taken that the bus had no time for
   */
  EventBridgeBus(EventBridgeClient client, BusSettings settings, Backoff backoff) {
    this.client = client;
    this.settings = settings;
    this.backoff = backoff;
  }

  /**
   * @throws IllegalStateException if EventBridge does not answer, or lets nothing in
   */
  @Override
  public Map<Integer, String> publish(List<EcrEvent> events) {
    var submission = submitted(events.stream().map(Entry::of).toList());
    Map<Integer, String> reasons = new TreeMap<>();
    submission.refused().forEach((position, refusal) -> reasons.put(position, refusal.toString()));
    submission.outage().ifPresent(cause -> tell(submission, cause, reasons.size()));
    return reasons;
  }

  /** Who publishes logs what is thrown, and nothing of what is returned. */
  private static void tell(Submission submission, SdkException cause, int refused) {
    if (submission.isNothingTaken()) {
      throw new IllegalStateException("EventBridge took no event: " + cause.getMessage(), cause);
    }
    LOG.log(System.Logger.Level.WARNING, "EventBridge took all but " + refused + " events", cause);
  }

  /**
   * Requests that are throttled are tried again for some seconds, as there may be thousands.
   *
   * @throws IllegalStateException if not all were taken
   */
  @Override
  public void ask(List<FunctionRequest> requests) {
    List<Entry> open = requests.stream().map(Entry::of).toList();
    Submission last = submitted(open);
    for (int attempt = 0; isWorthAnother(last) && backoff.pause(attempt); attempt++) {
      open = last.refused().keySet().stream().map(open::get).toList();
      last = submitted(open);
    }
    if (!last.refused().isEmpty()) {
      throw new IllegalStateException(
          "EventBridge did not take %d of %d requests: %s"
              .formatted(last.refused().size(), requests.size(), first(last)),
          last.outage().orElse(null));
    }
  }

  private static boolean isWorthAnother(Submission submission) {
    return !submission.refused().isEmpty()
        && submission.refused().values().stream().allMatch(Refusal::mayPass);
  }

  private static Refusal first(Submission submission) {
    return submission.refused().values().iterator().next();
  }

  private Submission submitted(List<Entry> entries) {
    return Submission.of(client, settings.bus(), entries);
  }
}
