package dev.berth.registry.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UlidTest {

  @Test
  void theFirstTenCharactersAreTheTime() {
    // of the ULID specification's own example
    assertThat(Ulid.next(Instant.ofEpochMilli(1_469_918_176_385L)))
        .startsWith("01ARYZ6S41")
        .matches("[0-7][0-9A-HJKMNP-TV-Z]{25}");
  }

  @Test
  void laterTimesSortBehind() {
    assertThat(Ulid.next(Instant.ofEpochMilli(1000)))
        .isLessThan(Ulid.next(Instant.ofEpochMilli(1001)));
  }

  @Test
  void thoseOfOneMillisecondSortInTheirOrder() {
    var now = Instant.ofEpochMilli(5);
    List<String> names = IntStream.range(0, 10_000).mapToObj(i -> Ulid.next(now)).toList();
    assertThat(names).isSorted().doesNotHaveDuplicates();
  }
}
