package dev.berth.local.bus;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.core.trigger.Trigger.OnEvent;
import dev.berth.core.trigger.Triggers;
import dev.berth.events.EcrEvent;
import dev.berth.events.EcrEvents;
import dev.berth.local.bus.Deliveries.Handling;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.outbox.EventBus;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.trigger.FunctionRequests;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The event bus of a local host and all its regions. What it has taken is on the disk: in the log
 * of the last events, and once for each rule that wants it. Rules are users' and Berth's own, which
 * {@link Triggers} lists, each of those once for a region and named {@code REGION/NAME}.
 */
public final class LocalBus implements EventBus, FunctionRequests, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(LocalBus.class.getName());

  /** Waiting for a user's target. */
  static final int MOST_WAITING = 10_000;

  private final EventLog log;
  private final SqliteTable table;
  private final Removals removals;
  private final Path letters;
  private final Retries retries;
  private final Clock clock = Clock.systemUTC();
  private final Patterns patterns = new Patterns();
  private final Map<String, Deliveries> queues = new ConcurrentHashMap<>();
  private final Map<String, DeadLetters> deadLetters = new ConcurrentHashMap<>();

  private LocalBus(Path directory, Retries retries) {
    this.log = new EventLog(log(directory));
    this.table = SqliteTable.open(directory.resolve("deliveries.db"));
    this.removals = new Removals(table);
    this.letters = directory.resolve("dead-letters");
    this.retries = retries;
  }

  /**
   * Takes events for these rules, and delivers nothing before {@link #start}.
   *
   * @param directory of the host
   * @param rules users' own
   * @throws StoreException if what waits for targets cannot be read
   */
  public static LocalBus open(Path directory, List<Rule> rules) {
    return open(directory, rules, Retries.STANDARD);
  }

  /**
   * @param retries for users' targets; functions have tries of their own, with the same pauses
   */
  static LocalBus open(Path directory, List<Rule> rules, Retries retries) {
    var bus = new LocalBus(directory, retries);
    rules.forEach(
        rule ->
            bus.add(
                rule.name(),
                rule.pattern(),
                new Handling(Targets.sender(rule.target()), retries, MOST_WAITING)));
    return bus;
  }

  /** Where the log of a host's events is. */
  public static Path log(Path directory) {
    return directory.resolve("events");
  }

  /**
   * Takes events for the functions of a region as well, by the rules that start them. However many
   * wait for a function, as one may ask for thousands at once, none of them is dropped.
   *
   * @param source of the region's events
   */
  public void addFunctions(
      String region, String source, Map<BerthFunction, RequestStreamHandler> functions) {
    for (var trigger : Triggers.ALL) {
      if (trigger instanceof OnEvent rule && functions.containsKey(rule.function())) {
        var function = new OwnFunction(rule.function(), functions.get(rule.function()));
        add(
            region + "/" + rule.name(),
            rule.pattern().json(source, region),
            new Handling(
                new OwnFunctionSender(function, rule.atOnce()),
                retries.withTries(rule.tries()),
                Integer.MAX_VALUE));
      }
    }
  }

  private void add(String rule, String pattern, Handling handling) {
    queues.put(rule, new Deliveries(handling, lettersOf(rule), table, removals, clock));
    patterns.add(rule, pattern);
  }

  private DeadLetters lettersOf(String rule) {
    return deadLetters.computeIfAbsent(rule, name -> new DeadLetters(letters, name, clock));
  }

  /** Begins to deliver, first what a former host left; all rules have to be there. */
  public void start() {
    tellOfKept();
    queues.values().forEach(Deliveries::start);
  }

  /** For people to know: that it fails is no reason not to start. */
  private void tellOfKept() {
    try {
      kept(_ -> true).forEach(LocalBus::tellOfKept);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "what is kept for other rules cannot be told", e);
    }
  }

  private static void tellOfKept(String rule, long events) {
    LOG.log(
        System.Logger.Level.WARNING,
        "rule {0}: {1} events are kept, as this host has no such rule",
        rule,
        events);
  }

  @Override
  public Map<Integer, String> publish(List<EcrEvent> events) {
    List<String> json = events.stream().map(EcrEvents::write).toList();
    post(json, patterns::matching);
    tell(json);
    return Map.of();
  }

  /** For people to look at: that it fails is no reason to give the events to consumers again. */
  private void tell(List<String> events) {
    try {
      log.append(events);
    } catch (UncheckedIOException e) {
      LOG.log(System.Logger.Level.WARNING, "events are not in the log of events", e);
    }
  }

  /** What Berth asks of itself is not in the log: it is nobody else's. */
  @Override
  public void ask(List<FunctionRequest> requests) {
    post(requests.stream().map(FunctionRequest::json).toList(), patterns::matchingForItsSource);
  }

  private void post(List<String> events, Function<String, Collection<String>> rulesOf) {
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    for (String event : events) {
      rulesOf
          .apply(event)
          .forEach(rule -> wanted.computeIfAbsent(rule, _ -> new ArrayList<>()).add(event));
    }
    var posting = new Posting(table);
    wanted.forEach((rule, its) -> posting.add(queues.get(rule), its));
    posting.write();
  }

  /** Whether this host has a rule. */
  public boolean has(String rule) {
    return queues.containsKey(rule);
  }

  /**
   * Puts dead letters back into the queues of their rules, whether or not those are among the rules
   * of this host.
   *
   * @param wanted names of rules
   * @return how many of each
   * @throws StoreException if that fails; what was put back until then may be delivered again
   */
  public synchronized SortedMap<String, Long> redrive(Predicate<String> wanted) {
    SortedMap<String, Long> counts = new TreeMap<>();
    Redrive redrive = letters();
    redrive.rules().stream().filter(wanted).forEach(rule -> counts.put(rule, redrive.run(rule)));
    return counts;
  }

  /**
   * What is kept for rules that this host does not have: dead letters, and what waits in their
   * queues for a host that has them.
   *
   * @param wanted names of rules
   * @return how many events of each
   * @throws StoreException if it cannot be read
   */
  public synchronized SortedMap<String, Long> kept(Predicate<String> wanted) {
    Predicate<String> absent = wanted.and(rule -> !has(rule));
    SortedMap<String, Long> counts = new TreeMap<>();
    QueuedEvent.forEach(
        table,
        item -> {
          if (absent.test(item.key().partition())) {
            counts.merge(item.key().partition(), 1L, Long::sum);
          }
        });
    Redrive redrive = letters();
    redrive.rules().stream()
        .filter(absent)
        .forEach(rule -> counts.merge(rule, redrive.count(rule), Long::sum));
    return counts;
  }

  private Redrive letters() {
    return new Redrive(letters, this::lettersOf, this::putBack);
  }

  /** However many wait. */
  private void putBack(String rule, List<String> events) {
    var posting = new Posting(table);
    Optional<Deliveries> queue = Optional.ofNullable(queues.get(rule));
    for (String event : events) {
      Item item = QueuedEvent.of(rule, event, clock.instant());
      posting.add(item, it -> queue.ifPresent(deliveries -> deliveries.begin(it.key())));
    }
    posting.write();
  }

  /**
   * Ends all deliveries, and with them what Berth's functions do. Events are still taken; the next
   * host delivers them.
   */
  public void stop() {
    queues.values().forEach(Deliveries::stop);
    queues.values().forEach(Deliveries::awaitEnd);
  }

  @Override
  public void close() {
    stop();
    // the last first, each whatever becomes of the others
    try (log;
        table;
        removals) {
      queues.values().forEach(Deliveries::close);
    }
  }
}
