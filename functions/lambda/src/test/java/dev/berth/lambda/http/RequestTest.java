package dev.berth.lambda.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RequestTest {

  @Test
  void aRequestIsPrintedWithoutWhatIsSecretInIt() {
    var headers = Headers.of("Authorization", "Basic c2VjcmV0");
    var request =
        new Request(
            "PUT",
            "/v2/app/blobs/uploads/1",
            "_state=c2VjcmV0",
            "localhost",
            new RegistryAddress("123456789012", "us-east-1"),
            headers,
            InputStream.nullInputStream(),
            OptionalLong.empty(),
            "127.0.0.1",
            true,
            "id-1");
    assertThat(request).hasToString("Request[id-1 PUT /v2/app/blobs/uploads/1]");
    assertThat(headers).hasToString("Headers[authorization]");
  }
}
