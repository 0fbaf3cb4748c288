package dev.berth.core.scan.version;

import static dev.berth.core.scan.PackageFormat.APK;
import static dev.berth.core.scan.PackageFormat.DPKG;
import static dev.berth.core.scan.PackageFormat.RPM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.ScanData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists that other projects test with, a comparison a line: {@code a < b}. */
class PublicOrderingsTest {

  /** What apk itself takes for a version; of others these lists say what another project does. */
  private static final Pattern APK_VERSION =
      Pattern.compile(
          "\\d+(\\.\\d+)*([a-z]\\d*)?(_(alpha|beta|pre|rc|cvs|svn|git|hg|p)\\d*)*(~[0-9a-f]+)?(-r\\d+)?");

  private record Line(String a, String sign, String b) {

    static Line read(String text) {
      String[] words = text.strip().split("\\s+");
      assertThat(words).as(text).hasSize(3);
      return new Line(words[0], words[1], words[2]);
    }

    int expected() {
      return switch (sign) {
        case "<" -> -1;
        case ">" -> 1;
        case "=", "==" -> 0;
        default -> throw new IllegalArgumentException(sign);
      };
    }

    int found(PackageFormat format) {
      return Integer.signum(VersionOrder.of(format).compare(a, b));
    }

    boolean isOfApk() {
      return APK_VERSION.matcher(a).matches() && APK_VERSION.matcher(b).matches();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"debian-versions.txt", "debian-versions-generated.txt"})
  void dpkgAgrees(String list) {
    holds(DPKG, lines(list));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redhat-versions.txt", "claircore-rpmvercmp"})
  void rpmAgrees(String list) {
    holds(RPM, lines(list));
  }

  @Test
  void apkAgrees() {
    List<Line> lines = lines("alpine-versions.txt").stream().filter(Line::isOfApk).toList();
    assertThat(lines).hasSizeGreaterThan(700);
    holds(APK, lines);
  }

  @Test
  void apkAgreesOnWhatAlpineReleased() {
    holds(APK, lines("alpine-versions-generated.txt"));
  }

  private static void holds(PackageFormat format, List<Line> lines) {
    assertThat(lines).isNotEmpty();
    assertThat(lines).filteredOn(line -> line.found(format) != line.expected()).isEmpty();
  }

  private static List<Line> lines(String list) {
    return new String(ScanData.bytes("versions/" + list), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Line::read)
        .toList();
  }
}
