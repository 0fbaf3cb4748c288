package dev.berth.registry.scan.layer;

import static dev.berth.registry.scan.layer.Layers.DEBIAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.Mutator;
import dev.berth.core.scan.packages.RpmFixtures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged layers are read or refused, and nothing else. {@code -Dberth.fuzz.runs=N} damages each
 * kind so many times, and {@code -Dberth.fuzz.seed=N} otherwise than before.
 */
class LayerFuzzTest {

  private static final int RUNS = Integer.getInteger("berth.fuzz.runs", 2000);
  private static final long SEED = Long.getLong("berth.fuzz.seed", 1);
  private static final LayerLimits LIMITS =
      new LayerLimits(1 << 20, 10_000, 1 << 20, Duration.ofMinutes(1));

  private static final byte[] PLAIN =
      Layers.tar()
          .file("etc/debian_version", "12")
          .symbolicLink("etc/os-release", "../usr/lib/os-release")
          .pax("path=usr/lib/os-release", "mtime=1.5")
          .file("x", DEBIAN)
          .entry('L', "long", "", ("var/lib/dpkg/status.d/" + "a".repeat(120)).getBytes())
          .file("x", "Package: a\nVersion: 1\n")
          .hardLink("var/lib/dpkg/status", "var/lib/dpkg/status.d/" + "a".repeat(70))
          .pax(
              "GNU.sparse.map=0,9,600,9",
              "GNU.sparse.size=2000",
              "GNU.sparse.name=etc/SuSE-release")
          .file("x", "VERSION=1VERSION=1")
          .whiteout("var/lib/rpm")
          .opaque("usr/lib/sysimage")
          .file("usr/lib/sysimage/rpm/Packages.db", RpmFixtures.ndb(RpmFixtures.headers(3, 900)))
          .plain();

  private static final Map<String, byte[]> LAYERS =
      Map.of("plain", PLAIN, "gzip", Layers.gzip(PLAIN), "zstd", Layers.zstd(PLAIN));

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip", "zstd"})
  void aDamagedLayerIsReadOrRefused(String packing) {
    Random random = new Random(SEED);
    int refused = 0;
    for (int run = 0; run < RUNS; run++) {
      byte[] damaged = new Mutator(random).damaged(LAYERS.get(packing));
      // else most tars would be refused at the first header that is damaged
      refused += isRefused(run, random.nextInt(8) == 0 ? damaged : mended(damaged)) ? 1 : 0;
    }
    // of what is packed hardly any damage gets by the checksums
    int most = packing.equals("plain") ? RUNS - RUNS / 20 : RUNS;
    assertThat(refused).as("refused of %d", RUNS).isBetween(RUNS / 20, most);
  }

  /** With the checksums that its headers should have. */
  private static byte[] mended(byte[] tar) {
    for (int at = 0; at + 512 <= tar.length; at += 512) {
      byte[] block = Arrays.copyOfRange(tar, at, at + 512);
      if (new String(block, 257, 5, StandardCharsets.US_ASCII).equals("ustar")) {
        System.arraycopy(Layers.summed(block), 0, tar, at, 512);
      }
    }
    return tar;
  }

  private static boolean isRefused(int run, byte[] damaged) {
    try {
      LayerFacts facts = Layers.facts(damaged, LIMITS);
      assertThat(LayerFactsJson.read(LayerFactsJson.write(facts))).contains(facts);
      assertThat(ImageFacts.of(List.of(facts, facts))).isNotNull();
      return false;
    } catch (LayerException e) {
      assertThat(e.getMessage()).isNotBlank();
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("run %d of seed %d".formatted(run, SEED), e);
    }
  }
}
