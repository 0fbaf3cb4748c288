package dev.berth.core.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One event, as CloudTrail has it (CloudTrail User Guide, "CloudTrail record contents"). Whoever
 * makes one leaves secrets out: it is written as it is.
 *
 * @param eventTime when the call was done; written in whole seconds
 * @param eventSource such as {@code ecr.amazonaws.com}
 * @param requestParameters what was asked for; written as CloudTrail's note of its size where it
 *     has more than {@value Elements#LARGEST} bytes
 * @param responseElements what changed; empty for what only reads, bounded likewise
 * @param requestId as the caller was told; a service's own event has none
 * @param eventId unique
 * @param recipientAccountId whose record it is: the caller's; empty for what concerns all
 * @param serviceEventDetails of a service's own event
 */
public record AuditRecord(
    UserIdentity userIdentity,
    Instant eventTime,
    String eventSource,
    String eventName,
    String awsRegion,
    String sourceIpAddress,
    String userAgent,
    Optional<CallError> error,
    Optional<JsonNode> requestParameters,
    Optional<JsonNode> responseElements,
    Optional<String> requestId,
    String eventId,
    boolean readOnly,
    List<AuditResource> resources,
    EventType eventType,
    Optional<String> recipientAccountId,
    Optional<ServiceEventDetails> serviceEventDetails) {

  public AuditRecord {
    resources = List.copyOf(resources);
  }

  /** Of a call of an API. */
  public static AuditRecord ofCall(Origin origin, AuditedCall call, String eventId) {
    return new AuditRecord(
        origin.caller(),
        origin.time(),
        call.eventSource(),
        call.eventName(),
        origin.region(),
        origin.sourceAddress(),
        origin.userAgent(),
        call.error(),
        call.requestParameters(),
        call.responseElements(),
        Optional.of(origin.requestId()),
        eventId,
        call.readOnly(),
        call.resources(),
        EventType.AwsApiCall,
        Optional.of(origin.caller().accountId()),
        Optional.empty());
  }
}
