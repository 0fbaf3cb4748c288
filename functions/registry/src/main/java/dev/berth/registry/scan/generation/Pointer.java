package dev.berth.registry.scan.generation;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which generation is in force.
 *
 * @param former those that were until lately, and when each was replaced
 */
record Pointer(String id, Map<String, Instant> former) {

  /** A scan ends long before, and so does whoever read of a generation just before. */
  static final Duration FORMER_STAYS = Duration.ofHours(24);

  private static final String ID = "id";
  private static final String FORMER = "former";

  Pointer {
    former = Map.copyOf(former);
  }

  static Optional<Pointer> read(Table table, Consistency consistency) {
    return table.get(Keys.currentGeneration(), consistency).map(Pointer::of);
  }

  private static Pointer of(Item item) {
    return new Pointer(
        item.text(ID),
        item.optionalText(FORMER).stream()
            .flatMap(String::lines)
            .map(line -> line.split(" "))
            .collect(Collectors.toMap(line -> line[0], line -> Instant.parse(line[1]))));
  }

  /** Whether somebody may be reading a generation. */
  boolean mayBeRead(String generation, Instant now) {
    return generation.equals(id)
        || Optional.ofNullable(former.get(generation))
            .filter(since -> since.plus(FORMER_STAYS).isAfter(now))
            .isPresent();
  }

  /** Puts a generation in force in the place of the one that was. */
  static Action change(Optional<Pointer> before, String id, Instant now) {
    Map<String, Instant> former = new HashMap<>();
    before.ifPresent(it -> former.put(it.id(), now));
    before.stream()
        .flatMap(it -> it.former().entrySet().stream())
        .filter(entry -> entry.getValue().plus(FORMER_STAYS).isAfter(now))
        .forEach(entry -> former.put(entry.getKey(), entry.getValue()));
    return Action.put(
        Item.at(Keys.currentGeneration())
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(ID, id)
            .text(FORMER, lines(former))
            .build(),
        before.map(it -> Condition.equal(ID, it.id())).orElseGet(Condition::absent));
  }

  private static String lines(Map<String, Instant> former) {
    Stream<String> lines = former.entrySet().stream().map(it -> it.getKey() + " " + it.getValue());
    return lines.sorted().collect(Collectors.joining("\n"));
  }
}
