package dev.berth.core.trigger;

import dev.berth.core.trigger.EventPattern.Source;
import dev.berth.core.trigger.Schedule.Daily;
import dev.berth.core.trigger.Schedule.Every;
import dev.berth.core.trigger.Trigger.OnEvent;
import dev.berth.core.trigger.Trigger.OnSchedule;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/** The rules by which Berth's functions start each other. */
public final class Triggers {

  /** Detail-type of the request to evaluate one repository's lifecycle policy. */
  public static final String LIFECYCLE_EVALUATION = "Lifecycle Evaluation Request";

  /** Detail-type of the request to replicate one image to one destination. */
  public static final String REPLICATION_ATTEMPT = "Image Replication Request";

  /** A failed attempt may have moved some layers, so it is worth some more. */
  public static final int REPLICATION_TRIES = 8;

  /** Detail-type of the request to scan an image. */
  public static final String IMAGE_SCAN = "Image Scan Request";

  private static final int EVALUATION_TRIES = 3;
  private static final int PLANNING_TRIES = 8;

  /** For when a store fails: what is wrong with an image is not mended by another try. */
  private static final int SCAN_TRIES = 5;

  /** They work with the processor and the disk of the host. */
  private static final int FEW = 4;

  /** They wait for others: some that are slow must not hold up the rest. */
  private static final int MANY = 32;

  /** All rules of a deployment. */
  public static final List<Trigger> ALL =
      List.of(
          new OnSchedule("lifecycle-daily", new Daily(LocalTime.of(2, 0)), BerthFunction.LIFECYCLE),
          new OnEvent(
              "lifecycle-evaluation",
              EventPattern.requests(LIFECYCLE_EVALUATION),
              BerthFunction.LIFECYCLE_EVALUATION,
              EVALUATION_TRIES,
              FEW),
          new OnEvent(
              "replication",
              new EventPattern(
                  Source.REGISTRY,
                  "ECR Image Action",
                  Map.of("action-type", List.of("PUSH"), "result", List.of("SUCCESS"))),
              BerthFunction.REPLICATION,
              PLANNING_TRIES,
              FEW),
          new OnEvent(
              "replication-attempt",
              EventPattern.requests(REPLICATION_ATTEMPT),
              BerthFunction.REPLICATION_ATTEMPT,
              REPLICATION_TRIES,
              MANY),
          new OnEvent(
              "scan-push",
              new EventPattern(
                  Source.REGISTRY,
                  "ECR Image Action",
                  Map.of("action-type", List.of("PUSH"), "result", List.of("SUCCESS"))),
              BerthFunction.SCAN,
              SCAN_TRIES,
              FEW),
          new OnEvent(
              "scan-replica",
              new EventPattern(
                  Source.REGISTRY, "ECR Replication Action", Map.of("result", List.of("SUCCESS"))),
              BerthFunction.SCAN,
              SCAN_TRIES,
              FEW),
          new OnEvent(
              "scan-request",
              EventPattern.requests(IMAGE_SCAN),
              BerthFunction.SCAN,
              SCAN_TRIES,
              FEW),
          new OnSchedule("feeds-daily", new Daily(LocalTime.of(1, 0)), BerthFunction.FEEDS),
          new OnSchedule("sweep", new Every(Duration.ofMinutes(1)), BerthFunction.SWEEP),
          new OnSchedule("collection", new Every(Duration.ofHours(1)), BerthFunction.COLLECTION),
          new OnSchedule("outbox", new Every(Duration.ofMinutes(10)), BerthFunction.OUTBOX));

  private Triggers() {}
}
