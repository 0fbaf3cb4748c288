package dev.berth.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.usage.CallCounts.CallCount;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTest {

  private static final String ACCOUNT = "123456789012";

  private final CallCounts counts = new CallCounts();

  @Test
  void callsAreCountedByAccountAndAction() {
    counts.called(ACCOUNT, "PutImage", false);
    counts.called(ACCOUNT, "PutImage", true);
    counts.called("000000000000", "ListImages", false);

    assertThat(counts.counts())
        .containsExactly(
            new CallCount("000000000000", "ListImages", 1, 0),
            new CallCount(ACCOUNT, "PutImage", 2, 1));
  }

  @Test
  void aNameThatIsNoActionMakesNoSeries() {
    counts.called(ACCOUNT, "Put\"Image\n", false);
    counts.called(ACCOUNT, "", false);

    assertThat(counts.counts()).isEmpty();
  }

  @Test
  void thePageIsInPrometheusTextFormat() {
    var of = List.of(new CallCount(ACCOUNT, "PutImage", 3, 1));

    assertThat(PrometheusPage.of(Map.of("us-east-1", of), 7))
        .isEqualTo(
            """
            # HELP berth_call_count_total Calls of ECR's API and its OCI counterparts, by account.
            # TYPE berth_call_count_total counter
            berth_call_count_total{service="ECR",type="API",resource="PutImage",class="None",account="123456789012",region="us-east-1"} 3
            # HELP berth_throttled_count_total Those of the calls that were refused for their rate.
            # TYPE berth_throttled_count_total counter
            berth_throttled_count_total{service="ECR",type="API",resource="PutImage",class="None",account="123456789012",region="us-east-1"} 1
            # HELP berth_audit_records_lost_total Audit records that could not be written.
            # TYPE berth_audit_records_lost_total counter
            berth_audit_records_lost_total 7
            """);
  }

  @Test
  void theDocumentHasTheGuidesDimensions() throws IOException {
    JsonNode emf =
        new ObjectMapper()
            .readTree(
                EmfDocument.line(Instant.ofEpochMilli(1_700_000_000_123L), ACCOUNT, "PutImage", 3));

    JsonNode directive = emf.at("/_aws/CloudWatchMetrics/0");
    assertThat(emf.at("/_aws/Timestamp").asLong()).isEqualTo(1_700_000_000_123L);
    assertThat(directive.path("Namespace").asText()).isEqualTo("Berth/Usage");
    assertThat(directive.at("/Dimensions/0").toString())
        .isEqualTo("[\"Service\",\"Type\",\"Resource\",\"Class\"]");
    assertThat(directive.at("/Metrics/0/Name").asText()).isEqualTo("CallCount");
    for (JsonNode dimension : directive.at("/Dimensions/1")) {
      assertThat(emf.path(dimension.asText()).isTextual()).as(dimension.asText()).isTrue();
    }
    assertThat(emf.path("CallCount").asInt()).isEqualTo(3);
    assertThat(emf.path("Class").asText()).isEqualTo("None");
  }
}
