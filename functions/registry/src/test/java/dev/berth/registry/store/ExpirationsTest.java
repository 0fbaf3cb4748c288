package dev.berth.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpirationsTest {

  private static final Instant END = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration DUE = Duration.ofHours(1).plusSeconds(1);

  private final MemoryTable table = new MemoryTable();

  private Key keep(String name, Instant end) {
    var key = new Key("K#" + name, "-");
    table.transact(
        Action.put(Item.at(key).number("v", 1).build()), Expirations.deleteAfter(end, key));
    return key;
  }

  @Test
  void whatHasEndedStaysForAnHour() {
    keep("one", END);
    Expirations.sweep(table, END.plus(Duration.ofHours(1)));
    assertThat(table.all()).hasSize(2);
    Expirations.sweep(table, END.plus(DUE));
    assertThat(table.all()).isEmpty();
  }

  @Test
  void whatEndsLaterStays() {
    for (int i = 0; i < 120; i++) {
      keep("old" + i, END.minusSeconds(i));
    }
    keep("new", END.plusSeconds(1));
    Expirations.sweep(table, END.plus(DUE));
    assertThat(table.all()).extracting(item -> item.key().partition()).contains("K#new").hasSize(2);
  }

  @Test
  void anItemThatIsGoneAlreadyIsNoHindrance() {
    table.transact(Action.delete(keep("one", END)));
    Expirations.sweep(table, END.plus(DUE));
    assertThat(table.all()).isEmpty();
  }

  @Test
  void anItemWithTwoEndsGoesWithTheFirst() {
    Key key = keep("one", END);
    table.transact(Expirations.deleteAfter(END.minusSeconds(9), key));
    Expirations.sweep(table, END.plus(DUE));
    assertThat(table.all()).isEmpty();
  }
}
