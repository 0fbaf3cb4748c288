package dev.berth.core.scan.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.feed.Feed;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionsTest {

  @ParameterizedTest
  @CsvSource({
    "amzn, 2018.03, 2023-12-31, amazon-1",
    "amzn, 2, 2026-06-30, amazon-2",
    "amzn, 2023, 2029-06-30, amazon-2023",
    "debian, 12, 2028-06-30, debian-12",
    "ubuntu, 22.04, 2027-06-01, ubuntu-22.04",
    "centos, 7, 2024-06-30, redhat-7",
    "centos, 9, 2027-05-31, redhat-9",
    "rhel, 9.4, 2032-05-31, redhat-9",
    "ol, 8.9, 2029-07-31, oracle-8",
    "alpine, 3.22.1, 2027-05-01, alpine-3.22",
    "almalinux, 9.3, 2032-05-31, alma-9",
    "rocky, 8.5, 2029-05-31, rocky-8"
  })
  void aReleaseIsSupportedUpToItsLastDay(
      String id, String version, LocalDate lastDay, String index) {
    OperatingSystem system = new OperatingSystem(id, version);
    assertThat(Distributions.require(system, lastDay).index()).isEqualTo(index);
    assertThatExceptionOfType(UnsupportedImageException.class)
        .isThrownBy(() -> Distributions.require(system, lastDay.plusDays(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "alpine, 3.13.0, alpine, v3.13",
    "alpine, 3.99.0, alpine, v3.99",
    "debian, 8, debian, 8",
    "debian, '', debian, ''",
    "ubuntu, 22.04.1.2.3, ubuntu, 22.04.1.2.3",
    "elxr, 12.9.0.0, elxr, 12.9.0.0",
    "'', '', '', ''",
    "windows, 'a\nb', windows, a?b"
  })
  void anotherSystemIsRefusedInTheWordsOfEcr(
      String id, String version, String shownId, String shownVersion) {
    assertThatExceptionOfType(UnsupportedImageException.class)
        .isThrownBy(
            () ->
                Distributions.require(new OperatingSystem(id, version), LocalDate.of(2026, 11, 25)))
        .withMessage(
            "UnsupportedImageError: The operating system '%s' version '%s' is not supported."
                .formatted(shownId, shownVersion));
  }

  @Test
  void feedsThatWriteTheSameIndexesGoTogether() {
    assertThat(Distributions.feeds())
        .filteredOn(feed -> feed.group().equals("alpine-3.22"))
        .extracting(Feed::name)
        .containsExactly("alpine-3.22-main", "alpine-3.22-community");
    assertThat(Distributions.feeds())
        .filteredOn(feed -> feed.leadsTo() == Feed.Location.MIRRORS)
        .extracting(Feed::group)
        .containsExactly("amazon-1", "amazon-2", "amazon-2", "amazon-2023", "amazon-2023");
  }

  @Test
  void anImageWithoutASystemIsRefusedInTheWordsOfEcr() {
    assertThat(UnsupportedImageException.withoutSystem())
        .hasMessage(
            "UnsupportedImageError: The operating system and/or package manager are not"
                + " supported.");
  }

  @Test
  void noTwoDistributionsOrFeedsHaveTheSameName() {
    assertThat(Distributions.ALL).extracting(Distribution::id).doesNotHaveDuplicates();
    assertThat(Distributions.feeds()).extracting(Feed::name).doesNotHaveDuplicates();
    assertThat(Distributions.feeds())
        .extracting(Feed::name)
        .allMatch(name -> name.matches("[a-z0-9.-]+"));
    assertThat(Distributions.feeds())
        .extracting(Feed::location)
        .allMatch(location -> location.matches("https?://[^ ]+"));
  }
}
