package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.usage.ApiActions;
import org.junit.jupiter.api.Test;

class CountedActionsTest {

  @Test
  void everyOperationThatIsServedIsCounted() {
    try (var registry = new SdkRegistry()) {
      assertThat(registry.operations.all())
          .isNotEmpty()
          .allMatch(operation -> ApiActions.isCounted(operation.name()));
    }
  }
}
