package dev.berth.registry.store;

import static dev.berth.registry.store.TableFixture.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

interface TableQueryContract extends TableFixture {

  @Test
  default void itemsComeInTheOrderOfTheirUtf8Bytes() {
    // in UTF-16, which Java compares, U+FFFD sorts behind the surrogates of U+1F600
    List<String> ordered = List.of("\u0001", "A", "B", "a", "a#", "aa", "é", "日", "\uFFFD", "😀");
    String partition = partitionOf(ordered.reversed());

    assertThat(sorts(partition, "", Optional.empty(), 100)).isEqualTo(ordered);
  }

  @Test
  default void anItemComesWhole() {
    Item item = Item.at(new Key(fresh(), "s")).text("t", "x").number("n", -1).build();
    put(item);

    assertThat(page(item.key().partition(), "", Optional.empty(), 10).entries())
        .containsExactly(item);
  }

  @Test
  default void aPrefixNamesItemsOfOnePartition() {
    String partition = partitionOf(List.of("a", "ab", "ab%", "ab😀", "abc", "aB", "ac", "b"));
    partitionOf(List.of("ab", "abd"));

    assertThat(sorts(partition, "ab", Optional.empty(), 100))
        .containsExactly("ab", "ab%", "abc", "ab😀");
    assertThat(sorts(partition, "ab%", Optional.empty(), 100)).containsExactly("ab%");
    assertThat(sorts(partition, "z", Optional.empty(), 100)).isEmpty();
    assertThat(sorts(fresh(), "", Optional.empty(), 100)).isEmpty();
  }

  @Test
  default void aPrefixMayEndInTheLastCharacter() {
    String last = Character.toString(Character.MAX_CODE_POINT);
    String partition = partitionOf(List.of("a", "a" + last, "a" + last + last, "b"));

    assertThat(sorts(partition, "a" + last, Optional.empty(), 100))
        .containsExactly("a" + last, "a" + last + last);
  }

  @Test
  default void aPageBeginsBehindAnySortKey() {
    String partition = partitionOf(List.of("b1", "b2", "b3", "b😀", "c1"));

    assertThat(sorts(partition, "", Optional.of("b1"), 100))
        .containsExactly("b2", "b3", "b😀", "c1");
    assertThat(sorts(partition, "", Optional.of("b10"), 100))
        .containsExactly("b2", "b3", "b😀", "c1");
    assertThat(sorts(partition, "", Optional.of("b\uFFFD"), 100)).containsExactly("b😀", "c1");
    assertThat(sorts(partition, "", Optional.of("d"), 100)).isEmpty();
  }

  @Test
  default void aPageOfAPrefixBeginsBehindAnySortKey() {
    String partition = partitionOf(List.of("a", "b", "b1", "b2", "b😀", "c1"));

    assertThat(sorts(partition, "b", Optional.of("b1"), 100)).containsExactly("b2", "b😀");
    assertThat(sorts(partition, "b", Optional.of("b"), 100)).containsExactly("b1", "b2", "b😀");
    assertThat(sorts(partition, "b", Optional.of("a9"), 100))
        .containsExactly("b", "b1", "b2", "b😀");
    assertThat(sorts(partition, "b", Optional.of("b\uFFFD"), 100)).containsExactly("b😀");
    assertThat(sorts(partition, "b", Optional.of("c"), 100)).isEmpty();
    assertThat(sorts(partition, "b", Optional.of("😀"), 100)).isEmpty();
  }

  @Test
  default void aPageHoldsNoMoreThanItsLimit() {
    String partition = partitionOf(List.of("a", "b", "c", "d"));

    Page<Item> page = page(partition, "", Optional.empty(), 3);

    assertThat(page.entries()).extracting(item -> item.key().sort()).containsExactly("a", "b", "c");
    assertThat(page.next()).isPresent();
    assertThat(sorts(partition, "", page.next(), 3)).containsExactly("d");
  }

  @Test
  default void pagesFollowEachOtherToTheEnd() {
    List<String> ordered = List.of("p1", "p2", "p3", "p4", "p5", "p6", "p7");
    String partition = partitionOf(ordered);
    put(item(new Key(partition, "a"), 1), item(new Key(partition, "q"), 1));

    for (int limit = 1; limit <= 8; limit++) {
      assertThat(toTheEnd(partition, "p", limit)).isEqualTo(ordered);
    }
  }

  @Test
  default void aPageOfLargeItemsIsShortAndHasANext() {
    String partition = fresh();
    List<String> ordered = List.of("a", "b", "c", "d", "e");
    for (String sort : ordered) {
      put(Item.at(new Key(partition, sort)).binary("b", new byte[390_000]).build());
    }

    Page<Item> page = page(partition, "", Optional.empty(), 100);

    assertThat(page.entries()).hasSizeBetween(1, 4);
    assertThat(page.next()).isPresent();
    assertThat(toTheEnd(partition, "", 100)).isEqualTo(ordered);
  }

  private List<String> toTheEnd(String partition, String prefix, int limit) {
    List<String> sorts = new ArrayList<>();
    Page<Item> page = page(partition, prefix, Optional.empty(), limit);
    page.entries().forEach(item -> sorts.add(item.key().sort()));
    while (page.next().isPresent()) {
      page = page(partition, prefix, page.next(), limit);
      page.entries().forEach(item -> sorts.add(item.key().sort()));
    }
    return sorts;
  }

  private String partitionOf(List<String> sorts) {
    String partition = fresh();
    committed(
        sorts.stream()
            .map(sort -> Action.put(item(new Key(partition, sort), 1)))
            .toArray(Action[]::new));
    return partition;
  }

  private List<String> sorts(String partition, String prefix, Optional<String> after, int limit) {
    return page(partition, prefix, after, limit).entries().stream()
        .map(item -> item.key().sort())
        .toList();
  }

  private Page<Item> page(String partition, String prefix, Optional<String> after, int limit) {
    return table().query(partition, prefix, after, limit, Consistency.STRONG);
  }
}
