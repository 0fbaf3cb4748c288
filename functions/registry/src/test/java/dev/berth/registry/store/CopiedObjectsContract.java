package dev.berth.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.store.Objects.NoSuchObjectException;
import dev.berth.registry.store.Objects.ObjectExistsException;
import dev.berth.registry.store.Objects.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects that are copied whole from what is there. */
abstract class CopiedObjectsContract extends CopiedPartsContract {

  @Test
  void aCopyHasTheBytesAndOutlivesItsSource() throws IOException {
    byte[] bytes = bytes(100_000);
    String source = put(bytes);
    String copy = key();
    objects().copy(source, copy, encryption());
    assertThat(all(source)).isEqualTo(bytes);
    objects().delete(source);
    assertThat(all(copy)).isEqualTo(bytes);
    assertThat(read(copy, 70_000, 20)).isEqualTo(slice(bytes, 70_000, 70_020));
  }

  @Test
  void aSourceOutlivesItsCopy() throws IOException {
    byte[] bytes = bytes(100);
    String source = put(bytes);
    String copy = key();
    objects().copy(source, copy, encryption());
    objects().delete(copy);
    assertThat(all(source)).isEqualTo(bytes);
  }

  @Test
  void anObjectWithoutBytesIsCopiedToo() throws IOException {
    String copy = key();
    objects().copy(put(new byte[0]), copy, encryption());
    assertThat(all(copy)).isEmpty();
    assertThatThrownBy(() -> objects().put(copy, buffer(1), encryption()))
        .isInstanceOf(ObjectExistsException.class);
  }

  @Test
  void anObjectOfPartsIsCopiedAndItsCopyIsCopied() throws IOException {
    byte[] one = bytes(smallest() + 5);
    byte[] two = bytes(10);
    String source = key();
    String id = objects().begin(source, encryption());
    List<Part> parts = List.of(part(source, id, 1, one), part(source, id, 2, two));
    objects().complete(source, id, parts);
    String copy = key();
    String again = key();
    objects().copy(source, copy, encryption());
    objects().copy(copy, again, encryption());
    objects().delete(source);
    objects().delete(copy);
    assertThat(all(again)).isEqualTo(concat(one, two));
  }

  @Test
  void aCopyIsReadInPartsLikeAnyObject() throws IOException {
    byte[] bytes = bytes(1000);
    String copy = key();
    objects().copy(put(bytes), copy, encryption());
    String key = key();
    String id = objects().begin(key, encryption());
    objects().complete(key, id, List.of(objects().copyPart(key, id, 1, copy, 5, 990)));
    assertThat(all(key)).isEqualTo(slice(bytes, 5, 995));
  }

  @Test
  void aCopyTakesNoKeyThatExists() throws IOException {
    String source = put(bytes(10));
    byte[] there = bytes(11);
    String key = put(there);
    assertThatThrownBy(() -> objects().copy(source, key, encryption()))
        .isInstanceOf(ObjectExistsException.class)
        .hasMessageContaining(key);
    assertThatThrownBy(() -> objects().copy(source, source, encryption()))
        .isInstanceOf(ObjectExistsException.class);
    assertThat(all(key)).isEqualTo(there);
  }

  @Test
  void ofEightThatCopyToOneKeyOneWins() throws Exception {
    byte[] bytes = bytes(20_000);
    String source = put(bytes);
    String key = key();
    assertThat(race(8, i -> objects().copy(source, key, encryption()))).hasSize(1);
    assertThat(all(key)).isEqualTo(bytes);
  }

  @Test
  void onlyAnObjectThatIsThereIsCopied() throws IOException {
    String absent = key();
    String key = key();
    assertThatThrownBy(() -> objects().copy(absent, key, encryption()))
        .isInstanceOf(NoSuchObjectException.class)
        .hasMessageContaining(absent);
    objects().put(key, ByteBuffer.wrap(new byte[] {1}), encryption());
    assertThat(all(key)).containsExactly(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objects().copy(key, "../a", encryption()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objects().copy("../a", key, encryption()));
  }
}
