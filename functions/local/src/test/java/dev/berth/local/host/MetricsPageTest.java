package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lambda.audit.LineAuditLog;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsPageTest {

  private final MetricsPage page =
      new MetricsPage(
          List.of(), LineAuditLog.to(OutputStream.nullOutputStream(), Clock.systemUTC()));

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, GET, 200",
    "127.1.2.3, HEAD, 200",
    "0:0:0:0:0:0:0:1, GET, 200",
    "203.0.113.12, GET, 403",
    "fe80::1%1, GET, 403",
    "127.0.0.1, POST, 404"
  })
  void metricsAreForThisMachineAlone(String peer, String method, int status) {
    var request =
        new Request(
            method,
            "/metrics",
            "",
            "localhost",
            new RegistryAddress("123456789012", "us-east-1"),
            Headers.none(),
            InputStream.nullInputStream(),
            OptionalLong.empty(),
            peer,
            false,
            "id");

    assertThat(page.handle(request).status()).isEqualTo(status);
  }
}
