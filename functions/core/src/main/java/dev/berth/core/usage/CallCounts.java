package dev.berth.core.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts calls by account and action, since the process began. Any number of threads may count. */
public final class CallCounts {

  private final Map<String, Counters> byAccount = new ConcurrentHashMap<>();

  private record Counters(LongAdder[] calls, LongAdder[] throttled) {

    static Counters zero() {
      return new Counters(adders(), adders());
    }

    private static LongAdder[] adders() {
      return Stream.generate(LongAdder::new)
          .limit(ApiActions.NAMES.size())
          .toArray(LongAdder[]::new);
    }
  }

  /**
   * How often an account called an action.
   *
   * @param calls of any outcome
   * @param throttled those of them that were refused for their rate
   */
  public record CallCount(String account, String action, long calls, long throttled) {}

  /**
   * Counts a call.
   *
   * @param account the authenticated caller's: a stranger's would be a series that he chose
   * @param action without its service's prefix; nothing happens for one that is not counted
   */
  public void called(String account, String action, boolean throttled) {
    int position = ApiActions.position(action);
    if (position < 0) {
      return;
    }
    Counters counters = byAccount.computeIfAbsent(account, any -> Counters.zero());
    counters.calls()[position].increment();
    if (throttled) {
      counters.throttled()[position].increment();
    }
  }

  /** What was called at all, by account and action. */
  public List<CallCount> counts() {
    List<CallCount> counts = new ArrayList<>();
    new TreeMap<>(byAccount).forEach((account, counters) -> add(counts, account, counters));
    return counts;
  }

  private static void add(List<CallCount> counts, String account, Counters counters) {
    for (int i = 0; i < ApiActions.NAMES.size(); i++) {
      long calls = counters.calls()[i].sum();
      if (calls > 0) {
        long throttled = counters.throttled()[i].sum();
        counts.add(new CallCount(account, ApiActions.NAMES.get(i), calls, throttled));
      }
    }
  }
}
