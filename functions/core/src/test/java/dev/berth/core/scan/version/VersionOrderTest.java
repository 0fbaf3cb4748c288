package dev.berth.core.scan.version;

import static dev.berth.core.scan.PackageFormat.APK;
import static dev.berth.core.scan.PackageFormat.DPKG;
import static dev.berth.core.scan.PackageFormat.RPM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.PackageFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each rule that package managers compare versions by. Chains ascend, all pairs of them are tried.
 */
class VersionOrderTest {

  private static final String HUGE = "9".repeat(400);

  // ---- dpkg ------------------------------------------------------------------------------------

  @Test
  void dpkgComparesEpochsFirst() {
    ascends(DPKG, "9", "1:1", "1:9", "2:0", "10:0", HUGE + ":0");
    equal(DPKG, "1", "0:1", "00:1");
    equal(DPKG, "1:1", "01:1");
  }

  @Test
  void dpkgComparesNumbersByTheirValueAtAnyLength() {
    ascends(DPKG, "1.9", "1.10", "1.2147483648", "1.20230101120000", "1." + HUGE, "1.1" + HUGE);
    equal(DPKG, "1.1", "1.01", "1.0001");
  }

  @Test
  void dpkgPutsATildeBeforeTheEnd() {
    ascends(DPKG, "1.0~~", "1.0~~a", "1.0~", "1.0~rc1", "1.0", "1.0a", "1.0+b1");
    ascends(DPKG, "1.2.3-1~deb12u1", "1.2.3-1", "1.2.3-1+deb12u1");
  }

  @Test
  void dpkgPutsLettersBeforeOtherCharacters() {
    ascends(DPKG, "1", "1A", "1Z", "1a", "1z", "1+", "1-1-1", "1.", "1.1");
    ascends(DPKG, "13ubuntu1", "13+deb9u1");
  }

  @Test
  void dpkgTakesTheLastHyphenForTheRevision() {
    ascends(DPKG, "1-1", "1-2", "1-2-1", "1-2-3", "1-10-1");
    equal(DPKG, "1", "1-0", "1-00", "1-");
  }

  @Test
  void dpkgTakesWhatIsNoNumberForNoEpoch() {
    ascends(DPKG, "1", "a:1", "b:1");
  }

  // ---- apk -------------------------------------------------------------------------------------

  @Test
  void apkComparesNumbersByTheirValueAtAnyLength() {
    ascends(APK, "1.9", "1.10", "1.2147483648", "1.20191002222144", "1." + HUGE, "1.1" + HUGE);
    equal(APK, "1", "01");
  }

  @Test
  void apkTakesNumbersWithALeadingZeroForFractions() {
    ascends(APK, "1.0", "1.00", "1.05", "1.1", "1.5");
  }

  @Test
  void apkOrdersSuffixes() {
    ascends(
        APK,
        "1_alpha",
        "1_alpha2",
        "1_alpha10",
        "1_beta",
        "1_pre",
        "1_rc",
        "1",
        "1_cvs",
        "1_svn",
        "1_git",
        "1_hg",
        "1_p",
        "1_p1",
        "1_p2",
        "1_p10",
        "1.0");
    ascends(APK, "1_alpha_pre2", "1_alpha", "1_alpha_p");
  }

  @Test
  void apkTellsALetterFromASuffix() {
    ascends(APK, "6.2_p1", "6.2_p2", "6.2a", "6.2p", "6.2.1");
    ascends(APK, "9e-r3", "9e-r10", "9f-r0");
    ascends(APK, "6.0.2p", "6.0.2p1-r2", "6.0.2p1-r10", "6.0.2p2-r0", "6.0.2p10-r0", "6.0.2.1");
  }

  @Test
  void apkComparesRevisionsLast() {
    ascends(APK, "1.2", "1.2-r0", "1.2-r1", "1.2-r10", "1.2_p1", "1.2_p1-r0", "1.2.0-r0");
    equal(APK, "1-r1", "1-r01");
  }

  @Test
  void apkComparesHashesAsTexts() {
    ascends(APK, "1", "1-r3", "1~12", "1~1234", "1~1234-r1", "1~2", "1_p", "1_p~1");
  }

  @Test
  void apkPutsWhatIsNoVersionBeforeTheEnd() {
    ascends(APK, "a", "1_alpha", "1-ruff", "1");
    equal(APK, "", "a", "b", ".1", "-r1");
    equal(APK, "1.2_blah", "1.2A", "1.2..3", "1.2-1", "1.2~xyz", "1.2_alpharc");
    equal(APK, "1-r0-1", "1-r0-r2", "1-r0_p", "1-r0~a", "1-r0a", "1-r0.1");
  }

  // ---- rpm -------------------------------------------------------------------------------------

  @Test
  void rpmComparesEpochsFirst() {
    ascends(RPM, "9-9", "1:1-1", "1:9-1", "2:0-1", "10:0-1", HUGE + ":0-1");
    equal(RPM, "1-1", "0:1-1", ":1-1");
    equal(RPM, "1:1", "01:1");
  }

  @Test
  void rpmComparesNumbersByTheirValueAtAnyLength() {
    ascends(RPM, "1.9", "1.10", "1.2147483648", "1.20230101120000", "1." + HUGE, "1.1" + HUGE);
    equal(RPM, "1.1", "1.01", "1.0001");
  }

  @Test
  void rpmPutsTildesBeforeTheEndAndCaretsAfterIt() {
    ascends(
        RPM,
        "1~~",
        "1~",
        "1~rc1",
        "1~rc1^git1",
        "1",
        "1^",
        "1^git1~pre",
        "1^git1",
        "1^git2",
        "1a",
        "1.1");
  }

  @Test
  void rpmPutsLettersBeforeNumbers() {
    ascends(RPM, "A", "a", "ab", "b", "1", "1.A", "1.a", "1.ab", "1.0");
    ascends(RPM, "1b.fc17", "1.fc17", "1g.fc17");
  }

  @Test
  void rpmDoesNotCompareWhatPartsNumbersFromLetters() {
    equal(RPM, "1.0a", "1_0.a", "1..0+a", ".1-0a".replace('-', '_'), "1.0aé");
    equal(RPM, "+", "_", "é", "");
  }

  @Test
  void rpmPutsNoReleaseBeforeAnyRelease() {
    ascends(RPM, "1", "1-", "1-1", "1-1.el9", "1-1.el9_2", "1-1.1", "1-2", "1-10");
    ascends(RPM, "1-1.el7.x86_64", "1-1.el8.x86_64", "1-1.module+el9.4.0+1", "1-1.module+el9.5.0");
  }

  // ---- all -------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"0", "~", "^", "-", ":", ".", "_", "a", "a1", "~^", "-r", "_p"})
  void whatIsVeryLongIsComparedInTime(String piece) {
    String longest = piece.repeat(1_000_000);
    for (PackageFormat format : PackageFormat.values()) {
      assertThat(VersionOrder.of(format).compare(longest, longest + "")).isZero();
      assertThat(VersionOrder.of(format).compare("1" + longest, "2" + longest)).isNegative();
    }
  }

  private static void ascends(PackageFormat format, String... versions) {
    for (int i = 0; i < versions.length; i++) {
      for (int j = 0; j < versions.length; j++) {
        assertThat(Integer.signum(VersionOrder.of(format).compare(versions[i], versions[j])))
            .as("%s to %s", versions[i], versions[j])
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  private static void equal(PackageFormat format, String... versions) {
    for (String a : versions) {
      for (String b : versions) {
        assertThat(VersionOrder.of(format).compare(a, b)).as("%s to %s", a, b).isZero();
      }
    }
  }
}
