package dev.berth.core.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The records of what a service does by itself. */
public final class ServiceEvents {

  private ServiceEvents() {}

  /** What a lifecycle policy did; the guide's sample calls it read-only, so this does. */
  public static AuditRecord policyExecution(
      String account, String region, Instant time, PolicyExecution execution, String eventId) {
    return event(
        Optional.of(account),
        region,
        time,
        PolicyExecution.EVENT,
        List.of(AuditResource.repository(region, account, execution.repositoryName())),
        execution,
        eventId);
  }

  /** That records were lost: everybody's, so it names no account. */
  public static AuditRecord recordsLost(
      String region, Instant time, long count, Instant first, Instant last, String eventId) {
    return event(
        Optional.empty(),
        region,
        time,
        RecordsLost.EVENT,
        List.of(),
        new RecordsLost(count, first.toString(), last.toString()),
        eventId);
  }

  private static AuditRecord event(
      Optional<String> account,
      String region,
      Instant time,
      String name,
      List<AuditResource> resources,
      ServiceEventDetails details,
      String eventId) {
    return new AuditRecord(
        new UserIdentity.Service(account),
        time,
        AuditedCall.ECR,
        name,
        region,
        UserIdentity.AWS_INTERNAL,
        UserIdentity.AWS_INTERNAL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        eventId,
        true,
        resources,
        EventType.AwsServiceEvent,
        account,
        Optional.of(details));
  }
}
