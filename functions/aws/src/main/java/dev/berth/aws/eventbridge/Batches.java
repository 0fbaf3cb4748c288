package dev.berth.aws.eventbridge;

import java.util.ArrayList;
import java.util.List;

/**
 * Which entries go together in one request, by their positions: as many as it takes, in their
 * order.
 */
final class Batches {

  /** Of one request (EventBridge API Reference, "PutEvents"). */
  static final int MOST_ENTRIES = 10;

  /** Of one entry; it was 256 KB before 2026. */
  static final int ENTRY_BYTES = 1024 * 1024;

  /** Of several together, which any bus that speaks the protocol has always taken. */
  static final int REQUEST_BYTES = 256 * 1024;

  private final List<List<Integer>> batches = new ArrayList<>();
  private List<Integer> open = new ArrayList<>();
  private int bytes;

  private Batches() {}

  /**
   * @param positions of the entries to send, none of which has more than {@link #ENTRY_BYTES}
   */
  static List<List<Integer>> of(List<Entry> entries, List<Integer> positions) {
    var batches = new Batches();
    positions.forEach(position -> batches.add(position, entries.get(position).bytes()));
    batches.end();
    return batches.batches;
  }

  private void add(int position, int size) {
    if (open.size() == MOST_ENTRIES || bytes + size > REQUEST_BYTES) {
      end();
    }
    open.add(position);
    bytes += size;
  }

  private void end() {
    if (!open.isEmpty()) {
      batches.add(open);
    }
    open = new ArrayList<>();
    bytes = 0;
  }
}
