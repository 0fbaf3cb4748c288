package dev.berth.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.trigger.Trigger.OnEvent;
import org.junit.jupiter.api.Test;

class TriggersTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void everyRuleHasItsOwnName() {
    assertThat(Triggers.ALL).extracting(Trigger::name).doesNotHaveDuplicates();
  }

  @Test
  void everyFunctionIsStartedBySomething() {
    assertThat(Triggers.ALL).extracting(Trigger::function).contains(BerthFunction.values());
  }

  @Test
  void whatAPushStartsIsAskedForByItsSourceRegionTypeAndDetail() throws Exception {
    assertThat(MAPPER.readTree(pattern("replication").json("com.example.ecr", "us-west-2")))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"source": ["com.example.ecr"], "region": ["us-west-2"],
                 "detail-type": ["ECR Image Action"],
                 "detail": {"action-type": ["PUSH"], "result": ["SUCCESS"]}}
                """));
  }

  @Test
  void aRequestHasTheSourceOfBerthWhateverTheRegistrysIs() throws Exception {
    assertThat(MAPPER.readTree(pattern("lifecycle-evaluation").json("aws.ecr", "us-west-2")))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"source": ["dev.berth"], "region": ["us-west-2"],
                 "detail-type": ["Lifecycle Evaluation Request"]}
                """));
  }

  private static EventPattern pattern(String rule) {
    return Triggers.ALL.stream()
        .filter(trigger -> trigger.name().equals(rule))
        .map(trigger -> ((OnEvent) trigger).pattern())
        .findFirst()
        .orElseThrow();
  }
}
