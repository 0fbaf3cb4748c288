package dev.berth.lambda.audit;

import dev.berth.core.audit.AuditLog;
import dev.berth.core.audit.AuditRecord;
import dev.berth.core.audit.AuditedCall;
import dev.berth.core.audit.CallError;
import dev.berth.core.audit.EventType;
import dev.berth.core.audit.Origin;
import dev.berth.core.audit.UserIdentity;
import dev.berth.core.authz.Principal;
import dev.berth.core.usage.CallCounts;
import dev.berth.lambda.http.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Keeps a record of each call of an authenticated principal and counts it. Calls that fail
 * authentication are nobody's: as in CloudTrail there is no record of them, or anybody could fill
 * the disk.
 */
public final class CallRecorder {

  private static final Logger LOG = System.getLogger(CallRecorder.class.getName());
  private static final String THROTTLING = "ThrottlingException";

  private final AuditLog log;
  private final CallCounts counts;
  private final Clock clock;

  public CallRecorder(AuditLog log, CallCounts counts, Clock clock) {
    this.log = log;
    this.counts = counts;
    this.clock = clock;
  }

  /** Keeps nothing. */
  public static CallRecorder none() {
    return new CallRecorder(unkept -> {}, new CallCounts(), Clock.systemUTC());
  }

  /**
   * Who called.
   *
   * @param region of the service that was called
   */
  public record Caller(Request request, Principal principal, String region) {

    private Origin origin(Clock clock) {
      return new Origin(
          principal,
          clock.instant(),
          region,
          request.sourceAddress(),
          request.headers().first("user-agent").orElse(""),
          request.id());
    }
  }

  /** Records a call whose outcome is known. Never throws: the caller is answered all the same. */
  public void record(Caller caller, Supplier<AuditedCall> made) {
    try {
      AuditedCall call = made.get();
      count(caller, call);
      log.append(AuditRecord.ofCall(caller.origin(clock), call, eventId()));
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "no record of request " + caller.request().id() + " was kept", fault);
    }
  }

  private void count(Caller caller, AuditedCall call) {
    if (call.eventSource().equals(AuditedCall.ECR)) {
      boolean throttled = call.error().map(CallError::code).filter(THROTTLING::equals).isPresent();
      counts.called(caller.principal().account(), call.eventName(), throttled);
    }
  }

  /** Records a call that ECR made of another service in the caller's name. */
  public void recordThroughService(Caller caller, AuditedCall call) {
    Origin origin = caller.origin(clock);
    log.append(
        AuditRecord.ofCall(
            new Origin(
                origin.caller().throughService(),
                origin.time(),
                origin.region(),
                origin.sourceAddress(),
                origin.userAgent(),
                origin.requestId()),
            call,
            eventId()));
  }

  /** Records a call that ECR made of another service by itself. */
  public void recordOfService(String account, String region, AuditedCall call) {
    log.append(
        new AuditRecord(
            new UserIdentity.Service(Optional.of(account)),
            clock.instant(),
            call.eventSource(),
            call.eventName(),
            region,
            UserIdentity.AWS_INTERNAL,
            UserIdentity.AWS_INTERNAL,
            call.error(),
            call.requestParameters(),
            call.responseElements(),
            Optional.empty(),
            eventId(),
            call.readOnly(),
            call.resources(),
            EventType.AwsApiCall,
            Optional.of(account),
            Optional.empty()));
  }

  /** A UUID of version 4. Nobody gains anything by guessing one, so it need not be a secret. */
  static String eventId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = random.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
    long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
