package dev.berth.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.audit.AuditJson;
import dev.berth.core.audit.PolicyExecution;
import dev.berth.core.audit.PolicyExecution.LifecycleEventPolicy;
import dev.berth.core.audit.ServiceEvents;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditQueryTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final String ACCOUNT = "123456789012";

  private static AuditQuery of(String name, String repository, Instant since, String account) {
    return new AuditQuery(
        Optional.ofNullable(name),
        Optional.ofNullable(repository),
        Optional.ofNullable(since),
        Optional.ofNullable(account));
  }

  private static JsonNode execution() throws IOException {
    var policy = new LifecycleEventPolicy(List.of(), 0, 1, "id");
    return new ObjectMapper()
        .readTree(
            AuditJson.line(
                ServiceEvents.policyExecution(
                    ACCOUNT,
                    "us-east-1",
                    NOON,
                    new PolicyExecution("team/app", policy, List.of()),
                    "e")));
  }

  @Test
  void whatLifecycleRulesDidIsFoundByItsRepository() throws IOException {
    assertThat(of("PolicyExecutionEvent", "team/app", NOON, ACCOUNT).matches(execution())).isTrue();
    assertThat(of(null, "app", null, null).matches(execution())).isFalse();
    assertThat(of(null, "team", null, null).matches(execution())).isFalse();
    assertThat(of("PutImage", null, null, null).matches(execution())).isFalse();
    assertThat(of(null, null, NOON.plusSeconds(1), null).matches(execution())).isFalse();
    assertThat(of(null, null, null, "000000000000").matches(execution())).isFalse();
  }

  @Test
  void thatRecordsWereLostConcernsEveryRepositoryAndAccount() throws IOException {
    JsonNode lost =
        new ObjectMapper()
            .readTree(
                AuditJson.line(ServiceEvents.recordsLost("us-east-1", NOON, 3, NOON, NOON, "e")));

    assertThat(of(null, "app", null, ACCOUNT).matches(lost)).isTrue();
    assertThat(of("PutImage", null, null, null).matches(lost)).isFalse();
    assertThat(of(null, null, NOON.plusSeconds(1), null).matches(lost)).isFalse();
  }
}
