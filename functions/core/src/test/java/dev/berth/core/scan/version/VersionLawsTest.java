package dev.berth.core.scan.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.PackageFormat;
import java.util.Comparator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every order is one: of all strings, versions or not. */
class VersionLawsTest {

  /** Pieces that rules are about, so that two of them often begin alike. */
  @Provide
  Arbitrary<String> versions() {
    return Arbitraries.of(
            "0",
            "1",
            "01",
            "10",
            "9",
            "4294967296",
            ".",
            "-",
            ":",
            "~",
            "^",
            "_",
            "+",
            "a",
            "b",
            "Z",
            "-r",
            "_p",
            "_rc",
            "_alpha",
            "_svn",
            "~a1",
            "1:",
            "é",
            " ",
            "\0")
        .list()
        .ofMaxSize(6)
        .map(pieces -> String.join("", pieces));
  }

  @Property(tries = 5000)
  void turnedRoundItIsTheOpposite(
      @ForAll PackageFormat format, @ForAll("versions") String a, @ForAll("versions") String b) {
    Comparator<String> order = VersionOrder.of(format);
    assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
    assertThat(order.compare(a, a)).isZero();
  }

  @Property(tries = 20_000)
  void itIsTransitive(
      @ForAll PackageFormat format,
      @ForAll("versions") String a,
      @ForAll("versions") String b,
      @ForAll("versions") String c) {
    Comparator<String> order = VersionOrder.of(format);
    if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
      assertThat(order.compare(a, c)).isLessThanOrEqualTo(0);
    }
    if (order.compare(a, b) == 0) {
      assertThat(Integer.signum(order.compare(a, c)))
          .isEqualTo(Integer.signum(order.compare(b, c)));
    }
  }

  @Property(tries = 2000)
  void anyTwoStringsCompare(@ForAll PackageFormat format, @ForAll String a, @ForAll String b) {
    Comparator<String> order = VersionOrder.of(format);
    assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
  }
}
