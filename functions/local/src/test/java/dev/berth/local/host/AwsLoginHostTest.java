package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aws.sts.TestSts;
import dev.berth.core.login.PresignedToken;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Principals of AWS log in to a local host, which asks an STS of this test. */
class AwsLoginHostTest {

  @TempDir Path data;
  private final TestSts sts = new TestSts();

  @AfterEach
  void close() {
    sts.close();
  }

  private String token() {
    return PresignedToken.at(Instant.now()).to(sts.url()).audience("localhost").token();
  }

  @Test
  void thePasswordOpensTheRegistryOfItsRegion() {
    try (LocalHost host =
        AwsLoginHosts.start(data, TestSts.ARN, sts.url(), "us-east-1", "us-west-2")) {
      Endpoint west = host.endpoints().getLast();

      HttpResponse<String> login = AwsLoginHosts.logIn(west, token());

      assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
      assertThat(AwsLoginHosts.ping(west, login.body())).isEqualTo(200);
      assertThat(AwsLoginHosts.ping(host.endpoints().getFirst(), login.body())).isEqualTo(403);
    }
  }

  @Test
  void aTokenIsGoodForOneLoginInAllRegionsTogether() {
    String token = token();
    try (LocalHost host =
        AwsLoginHosts.start(data, TestSts.ARN, sts.url(), "us-east-1", "us-west-2")) {
      assertThat(AwsLoginHosts.logIn(host.endpoints().getFirst(), token).statusCode())
          .isEqualTo(200);

      HttpResponse<String> replay = AwsLoginHosts.logIn(host.endpoints().getLast(), token);

      assertThat(replay.statusCode()).isEqualTo(403);
      assertThat(replay.body()).contains("used before");
    }
  }

  @Test
  void nobodyLogsInWhereNobodyMay() {
    try (LocalHost host = TestHosts.start(data)) {
      HttpResponse<String> login = AwsLoginHosts.logIn(host.endpoints().getFirst(), token());

      assertThat(login.statusCode()).isEqualTo(404);
      assertThat(sts.asked()).isEmpty();
    }
  }
}
