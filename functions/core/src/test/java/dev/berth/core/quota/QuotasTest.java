package dev.berth.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotasTest {

  /** Guide, "Amazon ECR service quotas". */
  @Test
  void theStandardIsTheGuides() {
    Quotas quotas = Quotas.standard();

    assertThat(quotas.of(Quota.REPOSITORIES)).isEqualTo(10_000);
    assertThat(quotas.of(Quota.IMAGES_PER_REPOSITORY)).isEqualTo(10_000);
    assertThat(quotas.of(Quota.TAGS_PER_IMAGE)).isEqualTo(1_000);
    assertThat(quotas.of(Quota.LAYER_PARTS)).isEqualTo(4_200);
    assertThat(quotas.of(Quota.LAYER_MIB)).isEqualTo(42_000);
  }

  @Test
  void whatIsSetTakesItsPlace() {
    Quotas quotas = Quotas.of(Map.of("images-per-repository", 100_000L));

    assertThat(quotas.of(Quota.IMAGES_PER_REPOSITORY)).isEqualTo(100_000);
    assertThat(quotas.of(Quota.REPOSITORIES)).isEqualTo(10_000);
  }

  @Test
  void aQuotaThatDoesNotExistIsNamedWithThoseThatDo() {
    assertThatThrownBy(() -> Quotas.of(Map.of("images", 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "there is no quota 'images'; there are repositories, images-per-repository,"
                + " tags-per-image, layer-parts, layer-mib");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Quotas.MOST + 1, Long.MAX_VALUE})
  void aQuotaIsAPositiveNumberWithinReason(long value) {
    assertThatThrownBy(() -> Quotas.of(Map.of("layer-mib", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quota layer-mib must be from 1 to 1000000000000, not " + value);
  }
}
