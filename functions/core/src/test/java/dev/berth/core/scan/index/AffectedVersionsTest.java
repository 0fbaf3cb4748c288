package dev.berth.core.scan.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import org.junit.jupiter.api.Test;

class AffectedVersionsTest {

  private static final Comparator<String> ORDER = Comparator.naturalOrder();

  @Test
  void theFixIsNotAffected() {
    AffectedVersions versions = AffectedVersions.before("", "3");
    assertThat(versions.contains("2", ORDER)).isTrue();
    assertThat(versions.contains("3", ORDER)).isFalse();
    assertThat(versions.fixed()).hasValue("3");
  }

  @Test
  void theLastAffectedIsAffectedAndNoFix() {
    AffectedVersions versions = AffectedVersions.upTo("", "3");
    assertThat(versions.contains("3", ORDER)).isTrue();
    assertThat(versions.contains("4", ORDER)).isFalse();
    assertThat(versions.fixed()).isEmpty();
  }

  @Test
  void whatIsBeforeTheFirstIsNotAffected() {
    assertThat(AffectedVersions.from("2").contains("1", ORDER)).isFalse();
    assertThat(AffectedVersions.from("2").contains("2", ORDER)).isTrue();
    assertThat(AffectedVersions.before("2", "4").contains("1", ORDER)).isFalse();
    assertThat(AffectedVersions.upTo("2", "4").contains("1", ORDER)).isFalse();
  }

  @Test
  void noneIsNone() {
    assertThat(AffectedVersions.none().contains("1", ORDER)).isFalse();
  }
}
