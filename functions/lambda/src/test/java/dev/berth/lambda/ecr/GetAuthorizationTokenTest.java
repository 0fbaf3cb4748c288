package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Key;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.token.AuthorizationToken;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.core.token.AuthorizationTokens.Opened;
import dev.berth.lambda.Authorizers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class GetAuthorizationTokenTest {

  private final AuthorizationTokens tokens =
      new AuthorizationTokens(
          new DeploymentSecret(List.of(new Key("a", new byte[32])))
              .sealer(Purpose.AUTHORIZATION_TOKEN),
          RawEcrClient.NOW);
  private final RawEcrClient client =
      new RawEcrClient(
          GetAuthorizationToken.Request.class,
          new GetAuthorizationToken(tokens, new ExampleHosts()),
          Authorizers.withoutPolicies());

  @Test
  void thePasswordIsATokenOfTheCaller() {
    JsonNode data = call("{}").path("authorizationData").path(0);

    String credentials =
        new String(
            Base64.getDecoder().decode(data.path("authorizationToken").asText()),
            StandardCharsets.UTF_8);
    var now = RawEcrClient.NOW.instant();
    assertThat(credentials).startsWith("AWS:");
    assertThat(tokens.open(credentials.substring(4)))
        .isEqualTo(
            new Opened.Valid(
                new AuthorizationToken(
                    "AKIDEXAMPLE",
                    "123456789012",
                    "123456789012",
                    "us-east-1",
                    now,
                    now.plus(Duration.ofHours(12)))));
  }

  @Test
  void itEndsInTwelveHours() {
    assertThat(client.call("GetAuthorizationToken", "{}").text())
        .contains("\"expiresAt\":1440981360.000");
  }

  @Test
  void theEndpointIsTheCallersRegistry() {
    assertThat(endpoints("{}"))
        .containsExactly("https://123456789012.dkr.ecr.us-east-1.example.com");
  }

  @Test
  void everyRegistryThatIsNamedHasItsEndpoint() {
    assertThat(endpoints("{\"registryIds\":[\"111111111111\",\"222222222222\"]}"))
        .containsExactly(
            "https://111111111111.dkr.ecr.us-east-1.example.com",
            "https://222222222222.dkr.ecr.us-east-1.example.com");
  }

  @Test
  void aRegistryIdIsTwelveDigits() {
    client
        .call("GetAuthorizationToken", "{\"registryIds\":[\"1\"]}")
        .isError(
            400,
            "InvalidParameterException",
            "Invalid parameter at 'registryIds' failed to satisfy constraint: 'must satisfy regular"
                + " expression '[0-9]{12}''");
  }

  private List<String> endpoints(String body) {
    return call(body).path("authorizationData").findValuesAsText("proxyEndpoint");
  }

  private JsonNode call(String body) {
    var answer = client.call("GetAuthorizationToken", body);
    assertThat(answer.response().status()).isEqualTo(200);
    return answer.json();
  }
}
