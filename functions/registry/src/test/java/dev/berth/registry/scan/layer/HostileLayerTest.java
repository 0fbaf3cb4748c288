package dev.berth.registry.scan.layer;

import static dev.berth.registry.scan.layer.Layers.DEBIAN;
import static dev.berth.registry.scan.layer.Layers.facts;
import static dev.berth.registry.scan.layer.Layers.header;
import static dev.berth.registry.scan.layer.Layers.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.scan.packages.RpmFixtures;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that are made to do harm, or are damaged: refused with a reason, within the limits. */
class HostileLayerTest {

  private static final LayerLimits SMALL =
      new LayerLimits(1 << 20, 100, 10_000, Duration.ofSeconds(60));

  // ---- limits ----------------------------------------------------------------------------------

  @Test
  void aBombIsGivenUp() {
    byte[] zeros = header('0', "zeros", "", 1L << 33);
    InputStream endless = new Repeated(zeros, new byte[65_536]);
    assertThatThrownBy(() -> extractor(SMALL).extractOnce(endless))
        .isInstanceOf(LayerException.class)
        .hasMessage("it unpacks to more than 1048576 bytes");
    byte[] zip = Layers.gzip(Arrays.copyOf(zeros, 64 << 20));
    assertThat(zip.length).isLessThan(100_000);
    refused(zip, SMALL, "it unpacks to more than 1048576 bytes");
    refused(Layers.zstd(Arrays.copyOf(zeros, 64 << 20)), SMALL, "it unpacks to more than");
  }

  @Test
  void whatFollowsTheTarCountsToo() {
    refused(new byte[2 << 20], SMALL, "it unpacks to more than 1048576 bytes");
    refused(Layers.gzip(new byte[2 << 20]), SMALL, "it unpacks to more than 1048576 bytes");
  }

  @Test
  void entriesAreCounted() {
    Layers layer = tar();
    for (int i = 0; i < 100; i++) {
      layer.directory("d" + i);
    }
    assertThat(facts(layer.plain(), SMALL).facts()).isEmpty();
    refused(layer.directory("d").plain(), SMALL, "it has more than 100 entries");
    Layers attributes = tar();
    for (int i = 0; i < 101; i++) {
      attributes.pax("path=x");
    }
    refused(attributes.plain(), SMALL, "it has more than 100 entries");
  }

  @Test
  void manyEntriesNeedNoMemory() {
    // three million of them; a byte kept of each would be enough to see, in a heap of 512 MB
    byte[] entry = header('5', "var/lib/x", "", 0);
    Layers entries = tar();
    for (int i = 0; i < 128; i++) {
      entries.raw(entry);
    }
    InputStream in = new Repeated(entry, entries.open());
    var limits = new LayerLimits(1L << 40, 3_000_000, 1, Duration.ofHours(1));
    assertThatThrownBy(() -> extractor(limits).extractOnce(in))
        .isInstanceOf(LayerException.class)
        .hasMessage("it has more than 3000000 entries");
  }

  @Test
  void aDatabaseFitsIntoMemory() {
    assertThat(facts(tar().file("var/lib/dpkg/status", new byte[10_000]).plain(), SMALL).facts())
        .hasSize(1);
    refused(
        tar().file("var/lib/dpkg/status", new byte[10_001]).plain(),
        SMALL,
        "var/lib/dpkg/status has more than 10000 bytes");
    refused(
        tar().raw(header('0', "var/lib/dpkg/status", "", 2L << 30)).plain(),
        LayerLimits.DEFAULT,
        "var/lib/dpkg/status has more than 268435456 bytes");
  }

  @Test
  void theHolesOfADatabaseCount() {
    refused(
        tar()
            .pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=99999999999")
            .file("var/lib/dpkg/status", "0\n")
            .plain(),
        SMALL,
        "var/lib/dpkg/status has more than 10000 bytes");
    Layers holes = tar();
    for (int i = 0; i < 40; i++) {
      holes.pax("GNU.sparse.map=0,0,9999,0", "GNU.sparse.size=9999").file("etc/os-release", "");
    }
    refused(
        holes.plain(),
        new LayerLimits(200_000, 100, 10_000, Duration.ofSeconds(60)),
        "it unpacks to more than 200000 bytes");
  }

  @Test
  void timeIsLimited() {
    Clock clock = new Hourly();
    var limits = new LayerLimits(1L << 40, 1L << 40, 1, Duration.ofHours(20));
    InputStream endless = new Repeated(header('0', "x", "", Long.MAX_VALUE >> 2), new byte[4096]);
    assertThatThrownBy(() -> new LayerExtractor(limits, clock).extractOnce(endless))
        .isInstanceOf(LayerException.class)
        .hasMessage("it takes longer than 72000 seconds to read");
  }

  @Test
  void packagesNeedBoundedMemory() {
    String paragraph = "P:" + "a".repeat(900) + "\nV:" + "1".repeat(900) + "\n\n";
    byte[] database = paragraph.repeat(30_000).getBytes();
    refused(
        tar().file("lib/apk/db/installed", database).plain(),
        LayerLimits.DEFAULT,
        "what it says of packages needs more than 67108864 bytes");
  }

  @Test
  void linksMakeFewPlaces() {
    Layers layer = tar();
    for (int i = 0; i < 1000; i++) {
      layer.symbolicLink("var/lib/rpm", "/a/b/c" + i);
    }
    refused(
        layer.plain(), LayerLimits.DEFAULT, "its links make too many places of package databases");
    Layers hard = tar();
    for (int i = 0; i < 3000; i++) {
      hard.hardLink("var/lib/dpkg/status.d/" + i, "x" + i);
    }
    refused(
        hard.plain(), LayerLimits.DEFAULT, "its links make too many places of package databases");
    Layers deep = tar().pax("linkpath=" + "a/".repeat(2000)).symbolicLink("var/lib", "x");
    refused(
        deep.plain(), LayerLimits.DEFAULT, "its links make too many places of package databases");
  }

  @Test
  void aPathThatNoClientCanUnpackIsPassedOver() {
    String path = "x/".repeat(100_000) + "../".repeat(100_000) + "etc/os-release";
    assertThat(tar().pax("path=" + path).file("x", DEBIAN).facts().facts())
        .containsOnlyKeys("etc/os-release");
    assertThat(tar().pax("path=" + "x".repeat(5000)).file("x", DEBIAN).facts().facts()).isEmpty();
    assertThat(tar().pax("linkpath=" + "x".repeat(5000)).symbolicLink("etc", "x").facts().facts())
        .isEmpty();
  }

  // ---- what does not hold together -------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip", "zstd"})
  void aLayerThatIsCutOffIsRefused(String packing) {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    byte[] plain = tar().file("etc/os-release", DEBIAN).file("x", content).plain();
    byte[] layer = packing(packing).apply(plain);
    for (int length = 1; length < layer.length - 1024; length += 977) {
      byte[] cut = Arrays.copyOf(layer, length);
      assertThatThrownBy(() -> facts(cut))
          .as("%d of %d bytes", length, layer.length)
          .isInstanceOf(LayerException.class)
          .hasMessageMatching("[\\x20-\\x7e]{10,200}");
    }
  }

  private static UnaryOperator<byte[]> packing(String name) {
    return switch (name) {
      case "gzip" -> Layers::gzip;
      case "zstd" -> Layers::zstd;
      default -> UnaryOperator.identity();
    };
  }

  @Test
  void whatIsNoLayerIsRefused() {
    for (String layer : new String[] {"{}", "x".repeat(5000), "BZh9", "\u00fd7zXZ\0"}) {
      refused(layer.getBytes(), LayerLimits.DEFAULT, "it is neither gzip nor zstd nor a tar");
    }
  }

  @Test
  void aDamagedHeaderIsRefused() {
    byte[] layer = tar().file("a", "x").file("b", "y").plain();
    layer[1024] ^= 1;
    refused(layer, LayerLimits.DEFAULT, "its tar is corrupt before byte 1536");
    byte[] zero = tar().raw(new byte[512]).file("a", "x").plain();
    refused(zero, LayerLimits.DEFAULT, "its tar is corrupt before byte 1024");
  }

  @Test
  void damagedZstdIsRefused() {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    byte[] layer = Layers.zstd(tar().file("x", content).plain());
    for (int at = 4; at < 40; at++) {
      byte[] damaged = layer.clone();
      damaged[at] ^= 0x55;
      try {
        // a byte of the content may be any other
        facts(damaged);
      } catch (LayerException e) {
        assertThat(e).hasMessageMatching("its? (zstd|tar|is) [\\x20-\\x7e]{5,200}");
      }
    }
  }

  @Test
  void aWindowThatNeedsTooMuchMemoryIsRefused() {
    // a frame whose header asks for a window of 2 GiB
    byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (21 << 3), 1, 0, 0};
    refused(frame, LayerLimits.DEFAULT, "its zstd is corrupt: ");
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    for (String size : new String[] {"00000000008\0", "-0000000001\0", "0x000000001\0"}) {
      byte[] entry = header('0', "x", "", 0);
      Layers.put(entry, 124, size);
      refused(
          tar().raw(Layers.summed(entry)).plain(),
          LayerLimits.DEFAULT,
          "its tar has a number that is none, negative or too large");
    }
    byte[] binary = header('0', "x", "", 0);
    Arrays.fill(binary, 124, 136, (byte) 0xff);
    refused(
        tar().raw(Layers.summed(binary)).plain(),
        LayerLimits.DEFAULT,
        "its tar has a number that is none, negative or too large");
  }

  @Test
  void aSizeMayBeBinary() {
    byte[] entry = header('0', "etc/os-release", "", 0);
    Arrays.fill(entry, 124, 136, (byte) 0);
    entry[124] = (byte) 0x80;
    entry[135] = (byte) DEBIAN.length();
    byte[] content = Arrays.copyOf(DEBIAN.getBytes(), 512);
    assertThat(tar().raw(Layers.summed(entry)).raw(content).facts().facts()).hasSize(1);
  }

  @Test
  void attributesAreSmallAndWhole() {
    refused(
        tar().raw(header('x', "pax", "", 2 << 20)).plain(),
        LayerLimits.DEFAULT,
        "its tar has attributes of more than 1048576 bytes");
    refused(
        tar().raw(header('L', "long", "", 1L << 40)).plain(),
        LayerLimits.DEFAULT,
        "its tar has attributes of more than 1048576 bytes");
    for (String lines :
        new String[] {
          "x",
          "10 path=x",
          "9999999999 path=x\n",
          "3 \n",
          "8 =abcd\n",
          "-1 a=b\n",
          "7 a=\0b\n",
          "12 size=-10\n",
          "10 size=x\n"
        }) {
      refused(
          tar().entry('x', "pax", "", lines.getBytes()).file("x", "").plain(),
          LayerLimits.DEFAULT,
          "its tar has attributes of pax that are corrupt");
    }
  }

  @Test
  void mapsOfSparseFilesHoldTogether() {
    for (String map : new String[] {"0", "0,5,3", "0,99999", "9999,1,20000,1", "5,6"}) {
      refused(
          tar()
              .pax("GNU.sparse.map=" + map, "GNU.sparse.size=10000")
              .file("etc/os-release", "x")
              .plain(),
          LayerLimits.DEFAULT,
          "its tar has a sparse file whose map is corrupt");
    }
    for (String map : new String[] {"", "1", "1\n", "99\n0\n1\n", "x\n", "9".repeat(30) + "\n"}) {
      refused(
          tar()
              .pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=100")
              .file("etc/os-release", map)
              .plain(),
          LayerLimits.DEFAULT,
          "its tar has a sparse file whose map is corrupt");
    }
  }

  @Test
  void aDatabaseThatIsDamagedIsNamed() {
    byte[] database = RpmFixtures.ndb(RpmFixtures.header("a", "1", "1").write());
    database[40] ^= 1;
    refused(
        tar().file("var/lib/rpm/Packages.db", database).plain(),
        LayerLimits.DEFAULT,
        "var/lib/rpm/Packages.db cannot be read: ");
  }

  private static void refused(byte[] layer, LayerLimits limits, String reason) {
    assertThatThrownBy(() -> facts(layer, limits))
        .isInstanceOf(LayerException.class)
        .hasMessageStartingWith(reason);
  }

  private static LayerExtractor extractor(LayerLimits limits) {
    return new LayerExtractor(limits, Clock.systemUTC());
  }

  /** A beginning, and then the same bytes for ever. */
  private static final class Repeated extends InputStream {

    private final ByteArrayInputStream beginning;
    private final byte[] then;

    Repeated(byte[] beginning, byte[] then) {
      this.beginning = new ByteArrayInputStream(beginning);
      this.then = then;
    }

    @Override
    public int read() {
      return Math.max(0, beginning.read());
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      int first = beginning.read(to, offset, length);
      if (first > 0) {
        return first;
      }
      int here = Math.min(length, then.length);
      System.arraycopy(then, 0, to, offset, here);
      return here;
    }
  }

  /** An hour later whenever it is asked. */
  private static final class Hourly extends Clock {

    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      now = now.plus(Duration.ofHours(1));
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
