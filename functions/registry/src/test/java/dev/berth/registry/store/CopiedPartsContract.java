package dev.berth.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.store.Objects.NoSuchMultipartException;
import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Objects.Part;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts that are copied from what is there. */
abstract class CopiedPartsContract extends MultipartContract {

  @Test
  void aPartIsCopiedFromARangeOfAnObject() throws IOException {
    byte[] bytes = bytes(smallest() + 100);
    String source = put(bytes);
    String key = key();
    String id = objects().begin(key, encryption());
    Part whole = objects().copyPart(key, id, 1, source, 0, bytes.length);
    byte[] between = bytes(smallest());
    Part sent = part(key, id, 2, between);
    Part cut = objects().copyPart(key, id, 3, source, 40, 20);
    assertThat(whole.size()).isEqualTo(bytes.length);
    assertThat(cut.size()).isEqualTo(20);
    assertThat(objects().parts(key, id)).containsExactly(whole, sent, cut);
    objects().complete(key, id, List.of(whole, sent, cut));
    objects().delete(source);
    assertThat(all(key)).isEqualTo(concat(bytes, between, slice(bytes, 40, 60)));
  }

  @Test
  void aPartIsCopiedAcrossThePartsOfAnObject() throws IOException {
    byte[] one = bytes(smallest() + 5);
    byte[] two = bytes(smallest() + 6);
    byte[] three = bytes(smallest() + 7);
    String source = key();
    String from = objects().begin(source, encryption());
    objects()
        .complete(
            source,
            from,
            List.of(
                part(source, from, 1, one),
                part(source, from, 2, two),
                part(source, from, 3, three)));
    byte[] whole = concat(one, two, three);
    String key = key();
    String id = objects().begin(key, encryption());
    Part cut = objects().copyPart(key, id, 1, source, 2, whole.length - 4);
    Part all = objects().copyPart(key, id, 2, source, 0, whole.length);
    objects().complete(key, id, List.of(cut, all));
    objects().delete(source);
    byte[] expected = concat(slice(whole, 2, whole.length - 2), whole);
    assertThat(all(key)).isEqualTo(expected);
    assertThat(read(key, one.length, 10)).isEqualTo(slice(expected, one.length, one.length + 10));

    String again = key();
    String second = objects().begin(again, encryption());
    objects()
        .complete(
            again, second, List.of(objects().copyPart(again, second, 1, key, 1, smallest() + 9)));
    assertThat(all(again)).isEqualTo(slice(expected, 1, smallest() + 10));
  }

  @Test
  void aCopiedPartIsReplacedLikeAnyOther() throws IOException {
    String source = put(bytes(50));
    String key = key();
    String id = objects().begin(key, encryption());
    Part former = objects().copyPart(key, id, 1, source, 0, 50);
    byte[] bytes = bytes(10);
    Part latter = part(key, id, 1, bytes);
    assertThat(objects().parts(key, id)).containsExactly(latter).doesNotContain(former);
    objects().complete(key, id, List.of(latter));
    assertThat(all(key)).isEqualTo(bytes);
  }

  @Test
  void onlyWhatIsThereIsCopied() {
    String source = put(bytes(50));
    String key = key();
    String absent = key();
    String id = objects().begin(key, encryption());
    for (long[] range : new long[][] {{0, 51}, {50, 1}, {49, 2}, {0, 0}, {-1, 2}, {1, -1}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> objects().copyPart(key, id, 1, source, range[0], range[1]));
    }
    assertThatThrownBy(() -> objects().copyPart(key, id, 1, absent, 0, 1))
        .isInstanceOf(NoSuchObjectException.class)
        .hasMessageContaining(absent);
    assertThat(objects().parts(key, id)).isEmpty();
    objects().abort(key, id);
    assertThatThrownBy(() -> objects().copyPart(key, id, 1, source, 0, 50))
        .isInstanceOf(NoSuchMultipartException.class)
        .hasMessageContaining(key);
  }
}
