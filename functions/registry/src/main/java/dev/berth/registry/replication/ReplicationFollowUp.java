package dev.berth.registry.replication;

import dev.berth.core.trigger.Triggers;
import dev.berth.registry.image.AttemptRecords;
import dev.berth.registry.image.OpenReplications;
import dev.berth.registry.image.Replication;
import dev.berth.registry.image.Replication.Failure;
import java.util.List;

/**
 * Takes up the replications on which nobody has worked for long, as a crash, a lost queue or a long
 * one leaves them: asks for another attempt, or says that they have failed where enough were begun.
 * It may be stopped anywhere and run by several at once.
 */
public final class ReplicationFollowUp {

  private final OpenReplications open;
  private final AttemptRecords attempts;
  private final AttemptRequests requests;

  public ReplicationFollowUp(
      OpenReplications open, AttemptRecords attempts, AttemptRequests requests) {
    this.open = open;
    this.attempts = attempts;
    this.requests = requests;
  }

  /**
   * @throws RuntimeException if something was left for the next run
   */
  public void run() {
    for (List<Replication> some = open.overdue(); !some.isEmpty(); some = open.overdue()) {
      some.forEach(this::follow);
    }
  }

  private void follow(Replication overdue) {
    if (overdue.attempts() >= Triggers.REPLICATION_TRIES) {
      attempts.fail(
          overdue,
          new Failure(
              "TimeoutException", "%d attempts came to nothing".formatted(overdue.attempts())));
    } else if (open.takeUp(overdue)) {
      requests.ask(List.of(AttemptRequest.of(overdue)));
    }
  }
}
