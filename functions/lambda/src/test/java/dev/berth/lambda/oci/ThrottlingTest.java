package dev.berth.lambda.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.throttle.Rate;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What an account may do once a thousand seconds, over the OCI wire. */
class ThrottlingTest {

  private final TestRegistry registry =
      new TestRegistry(new MemoryTable(), new MemoryObjects(MemoryObjects.FIVE_MIB));
  private final OciApi api;

  ThrottlingTest() {
    registry.throttle(Throttles.of(new Rate(0.001, 1)));
    registry.createRepository("app", false);
    api = registry.api();
  }

  @Test
  void beyondTheRateAnExchangeIsRefusedWithTheTimeToWait() throws IOException {
    assertThat(send("/v2/app/tags/list").status()).isEqualTo(200);

    Response refused = send("/v2/app/tags/list");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers().first("Retry-After")).contains("1000");
    assertThat(new String(((Body.Bytes) refused.body()).bytes(), StandardCharsets.UTF_8))
        .contains("TOOMANYREQUESTS")
        .contains("Rate exceeded");
  }

  @Test
  void eachActionHasItsOwnRateAndThePingHasNone() throws IOException {
    send("/v2/app/tags/list");

    assertThat(send("/v2/_catalog").status()).isEqualTo(200);
    assertThat(send("/v2/").status()).isEqualTo(200);
    assertThat(send("/v2/").status()).isEqualTo(200);
  }

  @Test
  void whoIsNotAuthenticatedTakesNothingOfAnAccountsRate() throws IOException {
    assertThat(send("/v2/app/tags/list", "Basic QVdTOm5v").status()).isEqualTo(401);
    assertThat(send("/v2/app/tags/list").status()).isEqualTo(200);
  }

  private Response send(String path) throws IOException {
    byte[] credentials = ("AWS:" + registry.token()).getBytes(StandardCharsets.UTF_8);
    return send(path, "Basic " + Base64.getEncoder().encodeToString(credentials));
  }

  private Response send(String path, String authorization) throws IOException {
    return api.handle(
        new Request(
            "GET",
            path,
            "",
            "localhost",
            TestRegistry.ADDRESS,
            Headers.of("Authorization", authorization),
            InputStream.nullInputStream(),
            OptionalLong.empty(),
            "127.0.0.1",
            false,
            "id"));
  }
}
