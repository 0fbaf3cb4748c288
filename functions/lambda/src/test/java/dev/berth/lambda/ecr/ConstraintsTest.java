package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import dev.berth.registry.repository.Repository.TagMutability;
import org.junit.jupiter.api.Test;

class ConstraintsTest {

  @Test
  void aValueOfAnEnumIsFound() {
    assertThat(Constraints.oneOf("imageTagMutability", "IMMUTABLE", TagMutability.class))
        .isEqualTo(TagMutability.IMMUTABLE);
  }

  @Test
  void anotherValueIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(
            () -> Constraints.oneOf("imageTagMutability", "immutable", TagMutability.class))
        .isInstanceOf(InvalidParameter.class)
        .hasMessage(
            "Invalid parameter at 'imageTagMutability' failed to satisfy constraint: 'must satisfy"
                + " enum value set: [MUTABLE, IMMUTABLE]'");
  }

  @Test
  void lengthCountsCharactersAndNotCodeUnits() {
    assertThat(Constraints.length("text", "🚢", 1, 1)).isEqualTo("🚢");
  }
}
