package dev.berth.core.scan.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.OperatingSystem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseFilesTest {

  @Test
  void osReleaseNamesIdAndVersion() {
    assertThat(
            osRelease(
                """
                PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
                NAME="Debian GNU/Linux"
                VERSION_ID="12"
                VERSION="12 (bookworm)"
                ID=debian
                ID_LIKE=other
                """))
        .contains(new OperatingSystem("debian", "12"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '%',
      value = {
        "amzn        | amzn",
        "\"amzn\"    | amzn",
        "'amzn'      | amzn",
        "\"a\\\"b\"  | a\"b",
        "\"a\\\\b\"  | a\\b",
        "\"a\\b\"    | a\\b",
        "'a\\b'      | a\\b",
        "a\\ b       | a b",
        "a'm'\"z\"n  | amzn",
        "amzn # said | amzn",
        "\"a b\"     | a b",
        "\"amzn      | amzn",
        "AMZN        | amzn",
        "amzn\\      | amzn\\",
      })
  void osReleaseIsQuotedAsAShellDoes(String value, String id) {
    assertThat(osRelease("ID=" + value)).contains(new OperatingSystem(id, ""));
  }

  @Test
  void osReleaseHasCommentsAndItsLastAssignmentCounts() {
    assertThat(osRelease("# ID=a\n\n  ID=b\r\nnothing\n=c\n#VERSION_ID=1\nID=d\nVERSION_ID=2\n"))
        .contains(new OperatingSystem("d", "2"));
  }

  @Test
  void aRollingReleaseHasNoVersion() {
    assertThat(osRelease("ID=debian\nNAME=Debian")).contains(new OperatingSystem("debian", ""));
  }

  @Test
  void withoutAnIdNothingIsNamed() {
    assertThat(osRelease("NAME=Debian\nVERSION_ID=12")).isEmpty();
    assertThat(osRelease("ID=\"\"\nVERSION_ID=12")).isEmpty();
    assertThat(osRelease("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "centos-release     | CentOS release 6.10 (Final)                             | centos |"
            + " 6.10",
        "centos-release     | CentOS Linux release 7.9.2009 (Core)                    | centos |"
            + " 7.9.2009",
        "centos-release     | CentOS Stream release 8                                 | centos | 8",
        "redhat-release     | Red Hat Enterprise Linux Server release 6.10 (Santiago) | rhel   |"
            + " 6.10",
        "oracle-release     | Oracle Linux Server release 6.10                        | ol     |"
            + " 6.10",
        "enterprise-release | Enterprise Linux Enterprise Linux Server release 5.11   | ol     |"
            + " 5.11",
        "system-release     | Amazon Linux AMI release 2018.03                        | amzn   |"
            + " 2018.03",
        "system-release     | Amazon Linux release 2 (Karoo)                          | amzn   | 2",
        "redhat-release     | Fedora release 21 (Twenty One)                          | fedora |"
            + " 21",
        "redhat-release     | Rocky Linux release 8.9 (Green Obsidian)                | rocky  |"
            + " 8.9",
        "alpine-release     | 3.2.3                                                   | alpine |"
            + " 3.2.3",
        "debian_version     | 6.0.10                                                  | debian | 6",
        "debian_version     | 12.5                                                    | debian |"
            + " 12",
        "redhat-release     | Something release 9                                     | -      | -",
        "redhat-release     | CentOS                                                  | -      | -",
      })
  void olderFilesName(String file, String line, String id, String version) {
    assertThat(read("etc/" + file, line + "\n"))
        .isEqualTo(Optional.ofNullable(id).map(named -> new OperatingSystem(named, version)));
  }

  @Test
  void debianBeforeAReleaseHasNoVersion() {
    assertThat(read("etc/debian_version", "trixie/sid\n"))
        .contains(new OperatingSystem("debian", ""));
  }

  @Test
  void suseHasServicePacks() {
    assertThat(suse("SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n"))
        .contains(new OperatingSystem("sles", "11.4"));
    assertThat(suse("SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 0\n"))
        .contains(new OperatingSystem("sles", "11"));
    assertThat(suse("openSUSE 13.2 (x86_64)\nVERSION = 13.2\nCODENAME = Harlequin\n"))
        .contains(new OperatingSystem("opensuse", "13.2"));
    assertThat(suse("SUSE\n")).isEmpty();
  }

  @Test
  void whatIsTooLongNamesNothing() {
    assertThat(osRelease("ID=debian\n" + "#".repeat(ReleaseFiles.LONGEST))).isEmpty();
  }

  @Test
  void whatIsNamedFitsInAMessage() {
    OperatingSystem named =
        osRelease("ID=" + "x".repeat(9999) + "\0\nVERSION_ID=\"\u001b[2J\"").orElseThrow();
    assertThat(named.id()).hasSizeLessThan(250).doesNotContain("\0");
    assertThat(named.version()).isEqualTo("?[2J");
  }

  @Property(tries = 500)
  void anyTextIsRead(@ForAll @StringLength(max = 300) String text) {
    for (String path : ReleaseFiles.PATHS) {
      assertThat(read(path, text)).isNotNull();
      assertThat(read(path, "ID=" + text)).isNotNull();
    }
  }

  private static Optional<OperatingSystem> osRelease(String text) {
    return read("etc/os-release", text);
  }

  private static Optional<OperatingSystem> suse(String text) {
    return read("etc/SuSE-release", text);
  }

  private static Optional<OperatingSystem> read(String path, String text) {
    return ReleaseFiles.read(path, text.getBytes(StandardCharsets.UTF_8));
  }
}
