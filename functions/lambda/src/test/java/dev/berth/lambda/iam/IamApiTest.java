package dev.berth.lambda.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.SignedRequest;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.lambda.Authorizers;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.query.QueryApi;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.store.MemoryTable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The query protocol, byte by byte. */
class IamApiTest {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);
  private static final String VERSION = "&Version=2010-05-08";

  private final Identities identities = TestIdentities.in(new MemoryTable(), NOW);

  private Response call(String body) {
    return call(body, Authorizers.withoutPolicies());
  }

  private Response call(String body, Authorizer authorizer) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(new TestSigner().scopedTo("iam").body(bytes).sign(), authorizer);
  }

  private Response send(SignedRequest request, Authorizer authorizer) {
    var api =
        new IamApi(
            CallRecorder.none(),
            TestIdentities.actions(identities, NOW),
            new SigV4Verifier(NOW),
            identities.keys(),
            Throttles.none(),
            authorizer);
    return api.handle(
        new Request(
            request.method(),
            request.path(),
            request.rawQuery(),
            "iam.amazonaws.com",
            new RegistryAddress("123456789012", "us-east-1"),
            new Headers(request.headers()),
            new ByteArrayInputStream(request.body()),
            OptionalLong.empty(),
            "127.0.0.1",
            true,
            "request-1"));
  }

  private static String text(Response response) {
    return new String(((Response.Body.Bytes) response.body()).bytes(), StandardCharsets.UTF_8);
  }

  private static void assertError(Response response, int status, String code, String message) {
    assertThat(text(response))
        .isEqualTo(
            "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error>"
                + "<Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>"
                    .formatted(code, message)
                + "<RequestId>request-1</RequestId></ErrorResponse>");
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().all("content-type")).containsExactly("text/xml");
  }

  @Test
  void anAnswerIsTheActionsResultWithTheRequestsId() {
    identities.serviceLinkedRoles().markReplicating("123456789012", "us-east-1");

    Response response =
        call("Action=ListRolePolicies&RoleName=AWSServiceRoleForECRReplication" + VERSION);

    assertThat(text(response))
        .isEqualTo(
            "<ListRolePoliciesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
                + "<ListRolePoliciesResult><PolicyNames></PolicyNames>"
                + "<IsTruncated>false</IsTruncated></ListRolePoliciesResult>"
                + "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>"
                + "</ListRolePoliciesResponse>");
    assertThat(response.status()).isEqualTo(200);
  }

  @Test
  void anActionOfAnotherVersionIsUnknown() {
    assertError(
        call("Action=GetRole&Version=2010-05-09"),
        400,
        "InvalidAction",
        "Could not find operation GetRole for version 2010-05-09");
    assertError(
        call("Action=GetRole"),
        400,
        "InvalidAction",
        "Could not find operation GetRole for version NO_VERSION_SPECIFIED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Version=2010-05-08", "Action=GetRole&Action=DeleteRole"})
  void aRequestNamesOneAction(String body) {
    assertError(
        call(body),
        400,
        "MissingAction",
        "The request is missing the parameter Action, or has several.");
  }

  @Test
  void aParameterThatIsMissingIsNamed() {
    assertError(
        call("Action=GetRole" + VERSION),
        400,
        "ValidationError",
        "1 validation error detected: Value null at 'roleName' failed to satisfy constraint: Member"
            + " must not be null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00%01", "%ff", "<b>&amp;", "]]>", "%", "%F0%9F%90%99", "%EF%BF%BF"})
  void anAnswerIsXmlWhateverWasSent(String name) throws Exception {
    Response response = call("Action=GetRole&RoleName=" + name + VERSION);

    DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(((Response.Body.Bytes) response.body()).bytes()));
    assertThat(response.status()).isEqualTo(400);
  }

  @Test
  void whoIsNotAllowedIsToldSo() {
    Response response =
        call(
            "Action=GetRole&RoleName=AWSServiceRoleForECRReplication" + VERSION,
            attempt -> new Decision.Denied(attempt.action() + " on " + attempt.resource()));

    assertError(
        response,
        403,
        "AccessDenied",
        "iam:GetRole on"
            + " arn:aws:iam::123456789012:role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication");
  }

  @Test
  void aRequestThatIsNotSignedIsRefused() {
    var request = new SignedRequest("POST", "/", "", Map.of("host", List.of("h")), new byte[0]);

    assertThat(text(send(request, Authorizers.withoutPolicies())))
        .contains("MissingAuthenticationToken");
  }

  @Test
  void aSignatureForAnotherServiceIsRefused() {
    assertThat(text(send(new TestSigner().sign(), Authorizers.withoutPolicies())))
        .contains("<Code>SignatureDoesNotMatch</Code>", "correct service: 'iam'");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    assertThat(call("Action=" + "a".repeat(QueryApi.MAX_BODY)).status()).isEqualTo(413);
  }

  @Test
  void aFaultOfOursIsAnsweredWithoutItsWords() {
    Response response =
        call(
            "Action=GetRole&RoleName=someone" + VERSION,
            attempt -> {
              throw new IllegalStateException("a secret");
            });

    assertThat(text(response))
        .contains("<Type>Receiver</Type><Code>ServiceFailure</Code>")
        .doesNotContain("secret");
    assertThat(response.status()).isEqualTo(500);
  }
}
