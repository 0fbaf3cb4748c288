package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.oci.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the frame makes of bodies: JSON, the request's shape, the model's constraints. */
class RequestShapeTest {

  private final RawEcrClient client =
      new RawEcrClient(
          Probe.Request.class,
          new Probe(request -> new Probe.Response(Optional.empty(), Optional.empty(), List.of())),
          attempt -> new Decision.Allowed());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          repositoryName | {"repositoryName":7}
          repositoryName | {"repositoryName":true}
          repositoryName | {"repositoryName":1.5}
          repositoryName | {"repositoryName":["app"]}
          repositoryName | {"repositoryName":{}}
          maxResults     | {"repositoryName":"app","maxResults":"10"}
          maxResults     | {"repositoryName":"app","maxResults":""}
          maxResults     | {"repositoryName":"app","maxResults":1.5}
          maxResults     | {"repositoryName":"app","maxResults":true}
          force          | {"repositoryName":"app","force":"true"}
          force          | {"repositoryName":"app","force":1}
          registryId     | {"repositoryName":"app","registryId":123456789012}
          imageIds       | {"repositoryName":"app","imageIds":{}}
          imageIds       | {"repositoryName":"app","imageIds":""}
          imageIds.[0]   | {"repositoryName":"app","imageIds":["v1"]}
          imageIds.[0]   | {"repositoryName":"app","imageIds":[""]}
          imageIds.[0].imageTag | {"repositoryName":"app","imageIds":[{"imageTag":1}]}
          blob           | {"repositoryName":"app","blob":"not base64!"}
          blob           | {"repositoryName":"app","blob":5}
          repositoryName | {"repositoryName":"\\ud83d"}
          imageIds.[0].imageTag | {"repositoryName":"app","imageIds":[{"imageTag":"a\\udea2b"}]}
          """)
  void aValueOfAnotherTypeIsRefused(String member, String body) {
    client
        .call("Probe", body)
        .isError(
            400,
            "SerializationException",
            "The value of '%s' has the wrong type or form.".formatted(member));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "\"\"",
        "\"a\"",
        "1",
        "[{\"repositoryName\":\"app\"}]",
        "{\"repositoryName\":\"app\"} {}"
      })
  void aBodyIsAnObject(String body) {
    client
        .call("Probe", body)
        .isError(400, "SerializationException", "The request body must be one JSON object.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"repositoryName\":\"app\"",
        "{\"repositoryName\":\"app\"}}",
        "{\"repositoryName\":\"app\",}",
        "{'repositoryName':'app'}",
        "{\"repositoryName\":\"app\",\"repositoryName\":\"app2\"}",
        "{\"repositoryName\":\"app\",\"a\":{\"b\":1,\"b\":2}}",
        "{\"repositoryName\":\"a\u0001\"}",
        "{\"repositoryName\":NaN}",
        "<xml/>"
      })
  void brokenJsonIsRefused(String body) {
    var answer = client.call("Probe", body);

    assertThat(answer.json().path("__type").asText()).isEqualTo("SerializationException");
    assertThat(answer.json().path("message").asText())
        .startsWith("The request body is not valid JSON");
    assertThat(answer.response().status()).isEqualTo(400);
  }

  @Test
  void jsonThatIsTooDeepIsRefused() {
    for (String deep : List.of("[", "{\"a\":")) {
      var answer =
          client.call("Probe", "{\"repositoryName\":\"app\",\"a\":" + deep.repeat(100_000));

      assertThat(answer.json().path("__type").asText()).isEqualTo("SerializationException");
    }
  }

  @Test
  void invalidUtf8IsRefused() {
    byte[] body = "{\"repositoryName\":\"aXp\"}".getBytes(StandardCharsets.ISO_8859_1);
    body[20] = (byte) 0xff;

    assertThat(client.call("Probe", body).json().path("__type").asText())
        .isEqualTo("SerializationException");
    assertThat(client.call("Probe", new byte[] {0, 0, 0, (byte) 0xff, 0}).json().path("__type"))
        .hasToString("\"SerializationException\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {}|repositoryName|must not be null
          {"repositoryName":null}|repositoryName|must not be null
          {"repositoryName":"a"}|repositoryName|must have length greater than or equal to 2
          {"repositoryName":"app","registryId":"1"}|registryId|must satisfy regular expression '[0-9]{12}'
          {"repositoryName":"app","maxResults":0}|maxResults|must have value greater than or equal to 1
          {"repositoryName":"app","maxResults":1001}|maxResults|must have value less than or equal to 1000
          {"repositoryName":"app","imageIds":[]}|imageIds|must have length greater than or equal to 1
          {"repositoryName":"app","imageIds":[{},{},{}]}|imageIds|must have length less than or equal to 2
          {"repositoryName":"app","imageIds":[{},null]}|imageIds.2.member|must not be null
          {"repositoryName":"app","imageIds":[{"imageTag":""}]}|imageTag|must have length greater than or equal to 1
          """)
  void aConstraintThatIsNotMetIsNamed(String body, String member, String constraint) {
    client
        .call("Probe", body)
        .isError(
            400,
            "InvalidParameterException",
            "Invalid parameter at '%s' failed to satisfy constraint: '%s'"
                .formatted(member, constraint));
  }

  @ParameterizedTest
  @ValueSource(strings = {"App", "a//b", "../etc", "a b", "-a", "app/"})
  void aRepositoryNameFollowsTheModel(String name) {
    client
        .call("Probe", "{\"repositoryName\":\"%s\"}".formatted(name))
        .isError(
            400,
            "InvalidParameterException",
            "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '%s''"
                .formatted(RepositoryName.PATTERN));
  }
}
