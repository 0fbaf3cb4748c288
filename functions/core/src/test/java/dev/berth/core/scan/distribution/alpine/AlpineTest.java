package dev.berth.core.scan.distribution.alpine;

import static dev.berth.core.scan.match.Installed.apk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.match.Finding;
import dev.berth.core.scan.match.Scanner;
import org.junit.jupiter.api.Test;

class AlpineTest {

  private static final OperatingSystem ALPINE = new OperatingSystem("alpine", "3.19.1");

  private static String database(String name, String fixes) {
    return """
    {"distroversion": "v3.19", "reponame": "main",
     "packages": [{"pkg": {"name": "%s", "secfixes": {%s}}}]}
    """
        .formatted(name, fixes);
  }

  private static final String CURL = database("curl", "\"8.5.0-r0\": [\"CVE-2023-46218\"]");

  @Test
  void packagesAreFoundByTheirOrigin() {
    assertThat(
            new Scanner()
                .feed("alpine-3.19-main", CURL)
                .names(
                    ALPINE,
                    apk("libcurl", "8.4.0-r0", "curl"),
                    apk("curl", "8.4.0-r0", "curl"),
                    apk("curl-fake", "8.4.0-r0", "other")))
        .containsExactly("CVE-2023-46218 curl 8.4.0-r0");
  }

  @Test
  void bothRepositoriesOfAReleaseAreOneIndex() {
    Scanner scanner =
        new Scanner()
            .feed("alpine-3.19-main", CURL)
            .feed("alpine-3.19-community", database("nodejs", "\"20.1-r0\": [\"CVE-2023-30581\"]"));
    assertThat(
            scanner.names(
                ALPINE, apk("curl", "8.4-r0", "curl"), apk("nodejs", "20.0-r0", "nodejs")))
        .hasSize(2);
  }

  @Test
  void thereIsNoSeverityButThatOfTheScore() {
    Finding finding =
        new Scanner()
            .feed("alpine-3.19-main", CURL)
            .scan(ALPINE, apk("curl", "8.4.0-r0", "curl"))
            .all()
            .getFirst();
    assertThat(finding.severity()).isEqualTo(Severity.UNDEFINED);
    assertThat(finding.uri()).isEqualTo("https://security.alpinelinux.org/vuln/CVE-2023-46218");
    assertThat(finding.fixedVersion()).hasValue("8.5.0-r0");
  }

  @Test
  void thereAreTwoFeedsForEachRelease() {
    Alpine alpine = new Alpine();
    assertThat(alpine.feeds()).hasSize(2 * alpine.releases().all().size());
    assertThat(alpine.feeds())
        .extracting(Feed::location)
        .contains(
            "https://secdb.alpinelinux.org/v3.19/main.json",
            "https://secdb.alpinelinux.org/v3.19/community.json");
  }

  @Test
  void edgeIsNoRelease() {
    Alpine alpine = new Alpine();
    assertThat(alpine.release(new OperatingSystem("alpine", "3.22_alpha20250108"))).isEmpty();
    assertThat(alpine.release(new OperatingSystem("alpine", "3.19.1"))).hasValue("3.19");
    assertThat(alpine.release(new OperatingSystem("alpine", "3.19"))).hasValue("3.19");
  }
}
