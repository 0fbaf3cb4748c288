package dev.berth.local.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CodecTest {

  @Property(tries = 300)
  void attributesReadBackAsTheyWereWritten(@ForAll("attributes") Map<String, Attribute> written) {
    assertThat(Codec.decode(Codec.encode(written))).isEqualTo(written);
  }

  @Property(tries = 300)
  void bytesThatWereCutOffAreNeverTheSameAttributes(
      @ForAll("attributes") Map<String, Attribute> written, @ForAll int seed) {
    byte[] encoded = Codec.encode(written);
    byte[] cut = Arrays.copyOf(encoded, Math.floorMod(seed, encoded.length));

    try {
      assertThat(Codec.decode(cut)).isNotEqualTo(written);
    } catch (StoreException e) {
      assertThat(e).hasMessage("item is damaged");
    }
  }

  @Property(tries = 300)
  void anyBytesAreAttributesOrRefused(@ForAll byte[] bytes) {
    byte[] encoded = new byte[bytes.length + 1];
    encoded[0] = 1;
    System.arraycopy(bytes, 0, encoded, 1, bytes.length);

    try {
      Codec.decode(encoded);
    } catch (StoreException e) {
      assertThat(e).hasMessageStartingWith("item ");
    }
  }

  @Property
  void anotherFormatIsRefusedByItsNumber(@ForAll byte version) {
    if (version != 1) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> Codec.decode(new byte[] {version}))
          .withMessage("item has the unknown format " + version);
    }
  }

  @Provide
  Arbitrary<Map<String, Attribute>> attributes() {
    Arbitrary<String> texts =
        Arbitraries.strings().excludeChars('\uFFFD').ofMaxLength(20).filter(CodecTest::isUtf8);
    Arbitrary<Attribute> values =
        Arbitraries.oneOf(
            texts.map(Attribute.Text::new),
            Arbitraries.longs().map(Attribute.Number::new),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(30).map(Attribute.Binary::new));
    return Arbitraries.maps(texts, values).ofMaxSize(6);
  }

  private static boolean isUtf8(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
