package dev.berth.aws.eventbridge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Entries on their way to a bus, and what it did not take of them. Once the bus does not answer, or
 * lets nothing in, the rest is not tried: each try may take seconds.
 */
final class Submission {

  private static final String INVALID = "ValidationException";
  private static final int TOO_LARGE = 413;

  private final EventBridgeClient client;
  private final String bus;
  private final List<Entry> entries;
  private final Map<Integer, Refusal> refused = new TreeMap<>();
  private Optional<SdkException> outage = Optional.empty();
  private int taken;

  private Submission(EventBridgeClient client, String bus, List<Entry> entries) {
    this.client = client;
    this.bus = bus;
    this.entries = entries;
  }

  static Submission of(EventBridgeClient client, String bus, List<Entry> entries) {
    var submission = new Submission(client, bus, entries);
    submission.run();
    return submission;
  }

  /** The positions of the entries that were not taken, in their order, and why. */
  Map<Integer, Refusal> refused() {
    return refused;
  }

  /** Why the last ones were not tried. */
  Optional<SdkException> outage() {
    return outage;
  }

  boolean isNothingTaken() {
    return taken == 0;
  }

  private void run() {
    List<Integer> fitting = IntStream.range(0, entries.size()).filter(this::fits).boxed().toList();
    Batches.of(entries, fitting).forEach(this::send);
  }

  private boolean fits(int position) {
    int bytes = entries.get(position).bytes();
    if (bytes > Batches.ENTRY_BYTES) {
      refused.put(position, Refusal.tooLarge(bytes));
    }
    return bytes <= Batches.ENTRY_BYTES;
  }

  private void send(List<Integer> batch) {
    if (outage.isPresent()) {
      refuse(batch, failure(outage.get()));
      return;
    }
    try {
      settle(batch, put(batch).entries());
    } catch (SdkException e) {
      failed(batch, e);
    }
  }

  private PutEventsResponse put(List<Integer> batch) {
    return client.putEvents(
        request -> request.entries(batch.stream().map(entries::get).map(e -> e.on(bus)).toList()));
  }

  /** One entry that the bus finds invalid must not keep the others back. */
  private void failed(List<Integer> batch, SdkException e) {
    Refusal failure = failure(e);
    if (!isAboutEntries(e)) {
      outage = Optional.of(e);
      refuse(batch, failure);
    } else if (batch.size() == 1) {
      refuse(batch, failure);
    } else {
      batch.forEach(position -> send(List.of(position)));
    }
  }

  private static boolean isAboutEntries(SdkException e) {
    return e instanceof AwsServiceException answer
        && (answer.statusCode() == TOO_LARGE || failure(e).code().equals(INVALID));
  }

  /** The results are in the order of the entries; one that is missing was not taken. */
  private void settle(List<Integer> batch, List<PutEventsResultEntry> results) {
    for (int i = 0; i < batch.size(); i++) {
      Optional<PutEventsResultEntry> result =
          i < results.size() ? Optional.of(results.get(i)) : Optional.empty();
      settle(batch.get(i), result);
    }
  }

  private void settle(int position, Optional<PutEventsResultEntry> result) {
    if (result.filter(entry -> entry.eventId() != null && entry.errorCode() == null).isPresent()) {
      taken++;
      return;
    }
    String code = result.map(PutEventsResultEntry::errorCode).orElse("NoAnswer");
    String message = result.map(PutEventsResultEntry::errorMessage).orElse("none for this entry");
    refused.put(position, new Refusal(code, message));
  }

  private void refuse(List<Integer> batch, Refusal reason) {
    batch.forEach(position -> refused.put(position, reason));
  }

  private static Refusal failure(SdkException e) {
    Optional<AwsErrorDetails> details =
        e instanceof AwsServiceException answer
            ? Optional.ofNullable(answer.awsErrorDetails())
            : Optional.empty();
    return new Refusal(
        details.map(AwsErrorDetails::errorCode).orElse("NoAnswer"),
        details.map(AwsErrorDetails::errorMessage).orElseGet(() -> String.valueOf(e.getMessage())));
  }
}
