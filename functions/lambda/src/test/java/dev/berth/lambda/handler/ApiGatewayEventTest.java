package dev.berth.lambda.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.VpcEndpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ApiGatewayEventTest {

  private static final RegistryAddress DEFAULT = new RegistryAddress("111111111111", "us-east-1");

  private static Request golden(String name) throws IOException {
    try (var event = ApiGatewayEventTest.class.getResourceAsStream(name)) {
      return ApiGatewayEvent.read(event).toRequest(DEFAULT);
    }
  }

  private static ApiGatewayEvent event(String json) throws IOException {
    return ApiGatewayEvent.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  @Test
  void theRequestSaysWhatTheContextSays() throws IOException {
    var request = golden("patch-blob-upload.json");

    assertThat(request.method()).isEqualTo("PATCH");
    assertThat(request.id()).isEqualTo("c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
    assertThat(request.sourceAddress()).isEqualTo("203.0.113.7");
    assertThat(request.secure()).isTrue();
  }

  @Test
  void thePathIsTheContextsStillEncoded() throws IOException {
    assertThat(golden("patch-blob-upload.json").path())
        .isEqualTo("/v2/team%2Fapp/blobs/uploads/0b9f");
  }

  @Test
  void aBinaryBodyIsDecodedAndItsLengthRebuilt() throws IOException {
    var request = golden("patch-blob-upload.json");

    assertThat(request.body().readAllBytes()).containsExactly(0, 1, 0xff, 0xfe);
    assertThat(request.contentLength()).isEqualTo(OptionalLong.of(4));
    assertThat(request.headers().all("content-length")).containsExactly("4");
  }

  @Test
  void everyValueOfAHeaderIsKept() throws IOException {
    assertThat(golden("patch-blob-upload.json").headers().all("Accept")).containsExactly("a", "b");
  }

  @Test
  void theQueryIsEncodedAgainByName() throws IOException {
    var request = golden("patch-blob-upload.json");

    assertThat(request.rawQuery()).isEqualTo("_state=s%2F%2B%3D%20%C3%A9&tag=a&tag=b");
    assertThat(request.query().values())
        .containsEntry("tag", List.of("a", "b"))
        .containsEntry("_state", List.of("s/+= é"));
  }

  @Test
  void theHostNamesTheRegistry() throws IOException {
    assertThat(golden("patch-blob-upload.json").registry())
        .isEqualTo(new RegistryAddress("123456789012", "eu-west-1"));
    assertThat(golden("get-base.json").registry()).isEqualTo(DEFAULT);
  }

  @Test
  void anEventWithoutHeadersQueryAndBodyIsARequestWithout() throws IOException {
    var request = golden("get-base.json");

    assertThat(request.host()).isEqualTo("registry.example.com");
    assertThat(request.headers().fields()).isEmpty();
    assertThat(request.rawQuery()).isEmpty();
    assertThat(request.body().readAllBytes()).isEmpty();
  }

  @Test
  void aTextBodyIsItsUtf8() throws IOException {
    var request = golden("post-create-repository.json");

    assertThat(request.body().readAllBytes())
        .isEqualTo("{\"repositoryName\":\"café\"}".getBytes(UTF_8));
  }

  @Test
  void aContentLengthThatIsThereIsKept() throws IOException {
    assertThat(golden("post-create-repository.json").headers().all("Content-Length"))
        .containsExactly("29");
  }

  @Test
  void anEmptyPostHasLengthZero() throws IOException {
    var request =
        event(
                """
                {"httpMethod": "POST", "body": null, "requestContext": {"path": "/", "requestId":
                "1", "domainName": "a", "identity": {"sourceIp": "::1"}}}
                """)
            .toRequest(DEFAULT);

    assertThat(request.headers().all("Content-Length")).containsExactly("0");
  }

  @Test
  void theVpcEndpointIsTheContexts() throws IOException {
    String event =
        """
        {"httpMethod": "GET", "multiValueHeaders": {"x-amzn-vpce-id": ["vpce-2"]},
        "requestContext": {"path": "/", "requestId": "1", "domainName": "a",
        "identity": {"sourceIp": "10.0.0.1", "vpceId": %s, "vpcId": "vpc-1"}}}
        """;

    assertThat(event(event.formatted("\"vpce-1\"")).toRequest(DEFAULT).vpcEndpoint())
        .contains(new VpcEndpoint("vpce-1", Optional.of("vpc-1")));
    assertThat(event(event.formatted("null")).toRequest(DEFAULT).vpcEndpoint()).isEmpty();
  }

  @Test
  void anotherEventIsRefusedByName() {
    assertThatThrownBy(() -> event("{\"Records\": []}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/httpMethod");
  }
}
