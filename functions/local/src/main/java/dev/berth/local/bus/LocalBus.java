package dev.berth.local.bus;

import dev.berth.core.trigger.FunctionRequest;
import dev.berth.events.EcrEvent;
import dev.berth.events.EcrEvents;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.outbox.EventBus;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.trigger.FunctionRequests;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The event bus of a local host and all its regions. What it has taken is on the disk: in the log
 * of the last events, and once for each rule that wants it.
 */
public final class LocalBus implements EventBus, FunctionRequests, AutoCloseable {

  private static final Duration HTTP_PATIENCE = Duration.ofSeconds(10);
  private static final Duration COMMAND_PATIENCE = Duration.ofMinutes(1);
  private static final Duration FUNCTION_PATIENCE = Duration.ofMinutes(1);

  private final EventLog log;
  private final Optional<SqliteTable> table;
  private final Map<EventPattern, Deliveries> rules = new LinkedHashMap<>();

  /**
   * @param file keeps what waits for targets; not made where there are no rules
   */
  private LocalBus(Path logs, Path file, Path letters, List<Rule> rules, Retries retries) {
    this.log = new EventLog(logs);
    this.table = rules.isEmpty() ? Optional.empty() : Optional.of(SqliteTable.open(file));
    var clock = Clock.systemUTC();
    for (Rule rule : rules) {
      this.rules.put(
          EventPattern.of(rule.pattern()),
          new Deliveries(
              rule.name(),
              table.orElseThrow(),
              sender(rule.target()),
              new DeadLetters(letters, rule.name(), clock),
              retries,
              clock));
    }
  }

  /**
   * @param directory of the host
   * @throws StoreException if what waits for targets cannot be read
   */
  public static LocalBus open(Path directory, List<Rule> rules) {
    return open(directory, rules, Retries.STANDARD);
  }

  static LocalBus open(Path directory, List<Rule> rules, Retries retries) {
    return new LocalBus(
        log(directory),
        directory.resolve("deliveries.db"),
        directory.resolve("dead-letters"),
        rules,
        retries);
  }

  /** Where the log of a host's events is. */
  public static Path log(Path directory) {
    return directory.resolve("events");
  }

  private static Sender sender(Rule.Target target) {
    return switch (target) {
      case Rule.Target.Url(var url) -> new HttpSender(url, HTTP_PATIENCE);
      case Rule.Target.Command(var line) -> new CommandSender(line, COMMAND_PATIENCE);
      case Rule.Target.Function(var jar, var handler) ->
          new FunctionSender(jar, handler, FUNCTION_PATIENCE);
    };
  }

  @Override
  public Map<Integer, String> publish(List<EcrEvent> events) {
    List<String> json = events.stream().map(EcrEvents::write).toList();
    rules.forEach((pattern, deliveries) -> add(json, pattern, deliveries));
    // last: its reader sees no event twice where a rule's queue fails
    log.append(json);
    return Map.of();
  }

  /** What Berth asks of itself is not in the log: it is nobody else's. */
  @Override
  public void ask(List<FunctionRequest> requests) {
    List<String> json = requests.stream().map(FunctionRequest::json).toList();
    rules.forEach((pattern, deliveries) -> add(json, pattern, deliveries));
  }

  private static void add(List<String> events, EventPattern pattern, Deliveries deliveries) {
    List<String> wanted = events.stream().filter(pattern::matches).toList();
    for (int from = 0; from < wanted.size(); from += Table.MOST) {
      deliveries.add(wanted.subList(from, Math.min(from + Table.MOST, wanted.size())));
    }
  }

  @Override
  public void close() {
    rules.values().forEach(Deliveries::close);
    table.ifPresent(SqliteTable::close);
    log.close();
  }
}
