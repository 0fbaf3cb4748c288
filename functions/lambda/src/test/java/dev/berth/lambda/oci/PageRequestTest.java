package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Principal;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PageRequestTest {

  @Test
  void aPositionIsCutToTheLengthOfTheLongestName() {
    assertThat(PageRequest.after(call("a".repeat(1000)))).contains("a".repeat(256));
  }

  @Test
  void aPositionIsNeverCutWithinACharacter() {
    assertThat(PageRequest.after(call("a".repeat(255) + "🚢"))).contains("a".repeat(255));
  }

  private static Call call(String last) {
    var registry = new RegistryAddress("123456789012", "us-east-1");
    var request =
        new Request(
            "GET",
            "/v2/_catalog",
            "last=" + URLEncoder.encode(last, UTF_8),
            "localhost",
            registry,
            Headers.none(),
            InputStream.nullInputStream(),
            OptionalLong.empty(),
            "127.0.0.1",
            true,
            "id");
    return new Call(request, Principal.root("123456789012", "AKIAEXAMPLE"), Optional.empty(), "");
  }
}
