package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.sigv4.SignedRequest;
import dev.berth.core.sigv4.TestSigner;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests made of one that was captured, at the API: none of them runs an operation. */
class AttackTest {

  private static final String PREFIX = "AmazonEC2ContainerRegistry_V20150921.";

  private final List<Probe.Request> run = new ArrayList<>();
  private final RawEcrClient client =
      new RawEcrClient(
          new Operations(
              List.of(new Operations.Entry<>(Probe.Request.class, new Probe(this::run)))),
          attempt -> new Decision.Allowed());
  private final SignedRequest captured =
      new TestSigner().header("x-amz-target", PREFIX + "Probe").sign();

  private Probe.Response run(Probe.Request request) {
    run.add(request);
    return new Probe.Response(Optional.empty(), Optional.empty(), List.of());
  }

  private void assertNotRun(SignedRequest request, String error) {
    var answer = client.send(request);

    assertThat(answer.json().path("__type").asText()).isEqualTo(error);
    assertThat(answer.response().status()).isBetween(400, 499);
    assertThat(answer.text()).doesNotContain(TestSigner.KEY.secret());
    assertThat(run).isEmpty();
  }

  private SignedRequest with(String name, String... values) {
    Map<String, List<String>> headers = new TreeMap<>(captured.headers());
    headers.put(name, List.of(values));
    return new SignedRequest("POST", "/", "", headers, captured.body());
  }

  @Test
  void anIdenticalRequestIsRunAgainWithinItsFiveMinutesAsAwsRunsIt() {
    client.send(captured).isOk("{\"list\":[]}");
    client.send(captured).isOk("{\"list\":[]}");
    assertThat(run).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"repositoryName\":\"other\"}", "{}", "", "{\"repositoryName\":\"app\"} "})
  void aCapturedSignatureIsNoGoodForAnotherBody(String body) {
    var answer =
        client.send(
            captured,
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
            OptionalLong.empty());

    assertThat(answer.json().path("__type").asText()).isEqualTo("InvalidSignatureException");
    assertThat(run).isEmpty();
  }

  @Test
  void aRequestThatWasSignedForAnotherApiIsRefused() {
    for (String service : List.of("iam", "sts", "s3", "ecr-public")) {
      var signer = new TestSigner().header("x-amz-target", PREFIX + "Probe");
      assertNotRun(signer.scopedTo(service).sign(), "InvalidSignatureException");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/us-east-1/ecr/,/us-west-2/ecr/,InvalidSignatureException",
    "/us-east-1/ecr/,/us-east-1/iam/,InvalidSignatureException",
    "/20150830/,/20150831/,InvalidSignatureException",
    "AKIDEXAMPLE,AKIDOTHER,UnrecognizedClientException",
    "AKIDEXAMPLE,../AKIDEXAMPLE,IncompleteSignatureException",
    "AWS4-HMAC-SHA256,AWS4-HMAC-SHA1,IncompleteSignatureException",
    "AWS4-HMAC-SHA256,Basic,IncompleteSignatureException"
  })
  void aCapturedSignatureIsNotRescoped(String from, String to, String error) {
    String authorization = captured.headers().get("authorization").getFirst();
    assertNotRun(with("authorization", authorization.replace(from, to)), error);
  }

  @Test
  void anOperationIsNotSmuggledInBesideTheSignedOne() {
    assertNotRun(
        with("x-amz-target", PREFIX + "Probe", PREFIX + "Probe"), "UnknownOperationException");
    assertNotRun(
        with("x-amz-target", PREFIX + "Probe," + PREFIX + "Probe"), "UnknownOperationException");
    SignedRequest merged =
        new TestSigner().header("x-amz-target", PREFIX + "Probe", PREFIX + "Other").sign();
    assertNotRun(merged, "UnknownOperationException");
  }

  @Test
  void aHeaderOfAmazonsIsNotSmuggledInUnsigned() {
    for (String name : List.of("x-amz-security-token", "x-amz-content-sha256", "x-amz-anything")) {
      assertNotRun(with(name, "x"), "InvalidSignatureException");
    }
  }

  /** What is not signed decides nothing: neither the method nor the operation nor the caller. */
  @ParameterizedTest
  @CsvSource({
    "x-http-method-override, DELETE",
    "x-original-url, /v2/_catalog",
    "x-forwarded-host, elsewhere",
    "x-forwarded-for, 10.0.0.1",
    "target, Other"
  })
  void anotherHeaderChangesNothing(String name, String value) {
    client.send(with(name, value)).isOk("{\"list\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%2e%2e/", "/%252e%252e/", "/%2F", "/v2/", "/%00", "/;a=b"})
  void aCapturedSignatureIsNoGoodForAnotherPath(String path) {
    assertNotRun(
        new SignedRequest("POST", path, "", captured.headers(), captured.body()),
        "InvalidSignatureException");
  }
}
