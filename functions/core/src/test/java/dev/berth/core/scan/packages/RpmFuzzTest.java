package dev.berth.core.scan.packages;

import static dev.berth.core.scan.packages.RpmFixtures.headers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.Mutator;
import dev.berth.core.scan.PackageFormat;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged databases of rpm are read or refused, and nothing else. {@code -Dberth.fuzz.runs=N}
 * damages each format so many times, and {@code -Dberth.fuzz.seed=N} otherwise than before.
 */
class RpmFuzzTest {

  private static final int RUNS = Integer.getInteger("berth.fuzz.runs", 3000);
  private static final long SEED = Long.getLong("berth.fuzz.seed", 1);

  private static final Map<String, byte[]> DATABASES =
      Map.of(
          "ndb", RpmFixtures.ndb(headers(20, 2000)),
          "berkeley", RpmFixtures.berkeley(ByteOrder.LITTLE_ENDIAN, 512, headers(20, 2000)),
          "sqlite", RpmFixtures.sqlite(512, headers(20, 2000)));

  @ParameterizedTest
  @ValueSource(strings = {"ndb", "berkeley", "sqlite"})
  void aDamagedDatabaseIsReadOrRefused(String format) {
    Random random = new Random(SEED);
    int refused = 0;
    for (int run = 0; run < RUNS; run++) {
      byte[] damaged = new Mutator(random).damaged(DATABASES.get(format));
      refused += isRefused(run, damaged) ? 1 : 0;
    }
    assertThat(refused).as("refused of %d", RUNS).isBetween(RUNS / 20, RUNS - RUNS / 20);
  }

  private static boolean isRefused(int run, byte[] damaged) {
    try {
      List<InstalledPackage> read = PackageDatabases.read(PackageFormat.RPM, damaged);
      assertThat(read).hasSizeLessThan(damaged.length);
      return false;
    } catch (PackageDatabaseException e) {
      assertThat(e.getMessage()).isNotBlank();
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("run %d of seed %d".formatted(run, SEED), e);
    }
  }
}
