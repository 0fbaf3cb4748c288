package dev.berth.core.scan.packages;

import static dev.berth.core.scan.packages.RpmFixtures.header;
import static dev.berth.core.scan.packages.RpmFixtures.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.PackageFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of rpm's databases, in all formats. */
class RpmDatabaseTest {

  /** A way to write a database of headers. */
  private interface Writer {
    byte[] write(byte[]... headers);
  }

  static Stream<Writer> formats() {
    return Stream.of(
        RpmFixtures::ndb,
        headers -> RpmFixtures.berkeley(ByteOrder.LITTLE_ENDIAN, 4096, headers),
        headers -> RpmFixtures.berkeley(ByteOrder.BIG_ENDIAN, 512, headers),
        headers -> RpmFixtures.sqlite(512, headers),
        headers -> RpmFixtures.sqlite(4096, headers),
        headers -> RpmFixtures.sqlite(32_768, headers));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void packagesOfAllSizesAreFoundInTheirOrder(Writer format) {
    assertThat(read(format.write(headers(70, 20_000))))
        .extracting(InstalledPackage::name)
        .containsExactlyElementsOf(IntStream.range(0, 70).mapToObj(i -> "p" + i).toList());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aDatabaseMayHaveNoPackage(Writer format) {
    assertThat(read(format.write())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aFileThatIsCutOffIsRefused(Writer format) {
    byte[] whole = format.write(headers(9, 9000));
    int refused = 0;
    for (int length = 1; length < whole.length; length += 97) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        assertThat(read(cut)).hasSize(9);
      } catch (PackageDatabaseException e) {
        assertThat(e).hasMessageMatching("[\\x20-\\x7e]{10,200}");
        refused++;
      }
    }
    // of an overflow page or a blob's padding the end may be missing
    assertThat(refused).isGreaterThan(whole.length / 97 - 10);
  }

  @Test
  void anEmptyFileHasNoPackage() {
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void whatIsNoDatabaseIsRefused() {
    assertThatThrownBy(() -> read(new byte[5000]))
        .isInstanceOf(PackageDatabaseException.class)
        .hasMessage("it is no database of rpm");
    assertThatThrownBy(() -> read(new byte[1])).isInstanceOf(PackageDatabaseException.class);
  }

  // ---- headers ---------------------------------------------------------------------------------

  @Test
  void aHeaderNamesPackageSourceAndModule() {
    byte[] header =
        header("nginx-core", "1.22.1", "4.module+el9.2.0")
            .number(RpmFixtures.EPOCH, 1)
            .text(RpmFixtures.SOURCE_RPM, "nginx-all-1.22.1-4.module+el9.2.0.src.rpm")
            .text(RpmFixtures.MODULARITY_LABEL, "nginx:1.22:9020020230626143147:9")
            .write();
    assertThat(read(RpmFixtures.ndb(header)))
        .containsExactly(
            new InstalledPackage(
                "nginx-core",
                "1:1.22.1-4.module+el9.2.0",
                "x86_64",
                "nginx-all",
                "1:1.22.1-4.module+el9.2.0",
                Optional.of("nginx:1.22:9020020230626143147:9")));
  }

  @Test
  void anEpochOfZeroIsOne() {
    assertThat(version(header("a", "1", "1").number(RpmFixtures.EPOCH, 0))).isEqualTo("0:1-1");
    assertThat(version(header("a", "1", "1").number(RpmFixtures.EPOCH, -1)))
        .isEqualTo("4294967295:1-1");
  }

  @Test
  void whatNamesNoSourceIsItsOwn() {
    for (String source : List.of("", "(none)", "x.src.rpm", "-1-1.src.rpm", "---")) {
      InstalledPackage key =
          read(RpmFixtures.ndb(
                  header("gpg-pubkey", "fd431d51", "4ae0493b")
                      .text(RpmFixtures.SOURCE_RPM, source)
                      .write()))
              .getFirst();
      assertThat(key.sourceName()).isEqualTo(source.equals("---") ? "-" : "gpg-pubkey");
    }
  }

  @Test
  void headersThatDoNotHoldTogetherAreRefused() {
    refused(new RpmFixtures.Header().text(RpmFixtures.NAME, "a"), "a header has no tag 1001");
    refused(header("", "1", "1"), "a header has no tag 1000");
    refused(new RpmFixtures.Header().number(RpmFixtures.NAME, 7), "tag 1000 has type 4");
    refused(header("a".repeat(1025), "1", "1"), "a text has more than 1024 bytes");
    refused(
        new RpmFixtures.Header().bytes(RpmFixtures.NAME, 6, 1, new byte[] {'a'}),
        "it ends at byte 1, before 1 bytes at 1");
  }

  @Test
  void countsThatLieAreRefused() {
    byte[] header = header("a", "1", "1").write();
    for (int at : new int[] {0, 4, 16}) {
      for (int lie : new int[] {-1, Integer.MAX_VALUE, 1 << 28, 1 << 16}) {
        byte[] lying = header.clone();
        ByteBuffer.wrap(lying).putInt(at, lie);
        assertThatThrownBy(() -> read(RpmFixtures.ndb(lying)))
            .isInstanceOf(PackageDatabaseException.class)
            .hasMessageStartingWith("it ends at byte ");
      }
    }
  }

  // ---- what loops or overlaps ------------------------------------------------------------------

  @Test
  void slotsThatShareABlobAreRefused() {
    byte[] database = RpmFixtures.ndb(headers(200, 100_000));
    ByteBuffer slots = ByteBuffer.wrap(database).order(ByteOrder.LITTLE_ENDIAN);
    int last = 32 + 199 * 16;
    for (int slot = 32; slot < last; slot += 16) {
      slots.putInt(slot + 4, slots.getInt(last + 4)).putInt(slot + 8, slots.getInt(last + 8));
    }
    refused(database, "its headers are longer than the file");
  }

  @Test
  void aChainOfOverflowPagesThatLoopsIsRefused() {
    byte[] header = header("a", "1", "1").filled(3000).write();
    byte[] database = RpmFixtures.berkeley(ByteOrder.LITTLE_ENDIAN, 512, header, header);
    // each overflow page is followed by itself, and the header goes on for as long as may be
    ByteBuffer pages = ByteBuffer.wrap(database).order(ByteOrder.LITTLE_ENDIAN);
    for (int page = 0; page < database.length; page += 512) {
      if (database[page + 25] == 7) {
        pages.putInt(page + 16, page / 512);
      } else if (page > 512) {
        pages.putInt(page + pages.getShort(page + 28) + 8, database.length);
      }
    }
    refused(database, "its headers are longer than the file");
  }

  @Test
  void anOverflowPageWithoutContentIsRefused() {
    byte[] header = header("a", "1", "1").filled(3000).write();
    byte[] database = RpmFixtures.berkeley(ByteOrder.LITTLE_ENDIAN, 512, header);
    database[3 * 512 + 22] = 0;
    database[3 * 512 + 23] = 0;
    refused(database, "page 3 is no overflow page");
  }

  @Test
  void aTreeThatLoopsIsRefused() {
    byte[] database = RpmFixtures.sqlite(512, headers(9, 10));
    for (int page = 512; page < database.length; page += 512) {
      if (database[page] == 5) {
        ByteBuffer.wrap(database).putInt(page + 8, page / 512 + 1);
      }
    }
    assertThatThrownBy(() -> read(database))
        .isInstanceOf(PackageDatabaseException.class)
        .hasMessageMatching("page \\d+ is twice in a table");
  }

  @Test
  void cellsThatOverlapAreRefused() {
    byte[] database = RpmFixtures.sqlite(32_768, header("a", "1", "1").filled(30_000).write());
    // 1,000 cells, all of them the one that there is
    ByteBuffer leaf = ByteBuffer.wrap(database, 32_768, 32_768).slice();
    leaf.putShort(3, (short) 1000);
    for (int i = 1; i < 1000; i++) {
      leaf.putShort(8 + 2 * i, leaf.getShort(8));
    }
    refused(database, "its rows are longer than the file");
  }

  private static String version(RpmFixtures.Header header) {
    return read(RpmFixtures.ndb(header.write())).getFirst().version();
  }

  private static void refused(RpmFixtures.Header header, String reason) {
    refused(RpmFixtures.ndb(header.write()), reason);
  }

  private static void refused(byte[] database, String reason) {
    assertThatThrownBy(() -> read(database))
        .isInstanceOf(PackageDatabaseException.class)
        .hasMessage(reason);
  }

  private static List<InstalledPackage> read(byte[] database) {
    return PackageDatabases.read(PackageFormat.RPM, database);
  }
}
