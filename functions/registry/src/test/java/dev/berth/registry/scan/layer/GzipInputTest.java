package dev.berth.registry.scan.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GzipInputTest {

  private static final byte[] TEXT =
      new Random(1)
          .ints(20_000, 0, 100)
          .mapToObj(" %d"::formatted)
          .collect(Collectors.joining())
          .getBytes();

  private static final byte[] PACKED = Layers.gzip(TEXT);

  @Property(tries = 200)
  void whatIsPackedIsUnpacked(@ForAll @Size(max = 5000) byte[] content) throws IOException {
    assertThat(unpacked(Layers.gzip(content))).isEqualTo(content);
  }

  @Example
  void membersFollowEachOther() throws IOException {
    byte[] members = joined(PACKED, Layers.gzip(new byte[0]), PACKED);
    assertThat(unpacked(members)).isEqualTo(joined(TEXT, TEXT));
  }

  @Example
  void membersFollowEachOtherWhereTheSourceHasToWait() throws IOException {
    byte[] members = joined(PACKED, PACKED);
    for (int pause : new int[] {1, 7, PACKED.length}) {
      InputStream slow =
          new ByteArrayInputStream(members) {
            @Override
            public int read(byte[] to, int offset, int length) {
              return super.read(to, offset, Math.min(length, pause));
            }

            @Override
            public int available() {
              return 0;
            }
          };
      assertThat(new GzipInput(slow).readAllBytes()).isEqualTo(joined(TEXT, TEXT));
    }
  }

  @Example
  void zerosMayFillUpTheLastBlock() throws IOException {
    assertThat(unpacked(Arrays.copyOf(PACKED, PACKED.length + 511))).isEqualTo(TEXT);
  }

  @Example
  void aHeaderMayHaveFields() throws IOException {
    byte[] header = {0x1f, (byte) 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3};
    byte[] fields = {2, 0, 'x', 'x', 'n', 'a', 'm', 'e', 0, 'c', 0, 1, 2};
    assertThat(unpacked(joined(header, fields, Arrays.copyOfRange(PACKED, 10, PACKED.length))))
        .isEqualTo(TEXT);
  }

  @Example
  void whatFollowsAMemberIsAMember() {
    refused(joined(PACKED, "garbage".getBytes()), "something else follows a member");
    refused(joined(PACKED, new byte[] {0x1f, 0x41}), "something else follows a member");
    refused(joined(PACKED, new byte[] {0x1f, (byte) 0x8b, 7}), "something else follows a member");
    refused(joined(PACKED, new byte[] {0x1f, (byte) 0x8b, 8, (byte) 0xff}), "unknown flags");
  }

  @Example
  void aChecksumThatDiffersIsRefused() {
    for (int at : new int[] {PACKED.length - 1, PACKED.length - 5}) {
      byte[] damaged = PACKED.clone();
      damaged[at] ^= 1;
      refused(damaged, "its checksum differs");
    }
  }

  @Property(tries = 300)
  void aPieceIsRefused(@ForAll @IntRange(min = 1, max = 600) int length) {
    assertThat(PACKED.length).isGreaterThan(600);
    assertThatThrownBy(() -> unpacked(Arrays.copyOf(PACKED, length)))
        .isInstanceOf(LayerException.class)
        .hasMessage("its gzip ends too early");
  }

  @Property(tries = 500)
  void damageIsRefusedWhereTheJdkRefusesIt(@ForAll long seed) {
    byte[] damaged = PACKED.clone();
    Random random = new Random(seed);
    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    assertThat(isUnpacked(damaged)).isEqualTo(isUnpackedByTheJdk(damaged));
  }

  private static boolean isUnpacked(byte[] packed) {
    try {
      return Arrays.equals(unpacked(packed), TEXT);
    } catch (LayerException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isUnpackedByTheJdk(byte[] packed) {
    // reserved flags, and the header's own checksum, are the two things on which they differ
    if ((packed[3] & 0xe2) != 0) {
      return false;
    }
    try {
      return Arrays.equals(
          new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), TEXT);
    } catch (IOException e) {
      return false;
    }
  }

  private static void refused(byte[] packed, String why) {
    assertThatThrownBy(() -> unpacked(packed))
        .isInstanceOf(LayerException.class)
        .hasMessageStartingWith("its gzip is corrupt: ")
        .hasMessageContaining(why);
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (InputStream in = new GzipInput(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
